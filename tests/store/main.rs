//! One set of stories about the store, told to both databases. A story gets an empty database and does not care which one it is.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod actions;
mod audit;
mod capabilities;
mod feedback;
mod files;
mod imports;
mod journal;
mod page_links;
mod past;
mod people;
mod retention;
mod scrub;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod trends;
mod workshops;
mod world;

/// Each story is a test of its own on SQLite; on PostgreSQL all share one server, each with a database of its own.
macro_rules! conformance {
    ($($module:ident::$story:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $story() {
                    let folder = tempfile::tempdir().unwrap();
                    crate::$module::$story(crate::world::open(folder.path()).await).await;
                }
            )+
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn postgres_tells_the_same_stories() {
            let Some(cluster) = support::postgres::Cluster::start().await else { return };
            $(
                eprintln!("{}", stringify!($story));
                let db = checkpoint::server::store::Db::open(&cluster.fresh().await).await.unwrap();
                $module::$story(db.clone()).await;
                db.close().await;
            )+
        }
    };
}

conformance![
    journal::appends_keep_their_order_and_their_cause,
    journal::a_late_append_is_a_conflict_and_changes_nothing,
    journal::a_thousand_appends_at_once_are_all_kept,
    journal::one_unfit_append_fails_alone,
    journal::columns_and_summaries_come_with_the_events,
    journal::shutdown_writes_what_waits,
    journal::long_bodies_and_many_events_fit,
    scrub::a_scrub_replaces_bodies_only,
    workshops::checkpoints_are_created_whole_or_not_at_all,
    workshops::lists_are_filtered_sorted_and_paged,
    workshops::the_previous_checkpoint_of_a_squad,
    people::emails_are_unique,
    people::squads_are_found_by_name_and_get_slugs,
    people::texts_can_be_edited_and_reset,
    workshops::what_was_called_off_is_listed_apart,
    people::templates_are_kept_by_name,
    actions::rows_follow_their_checkpoint_and_keep_what_was_changed,
    actions::a_change_that_was_not_seen_is_not_undone,
    actions::what_is_settled_later_reaches_its_origin,
    actions::actions_are_filtered_and_sorted,
    actions::the_last_page_of_each_squad_is_found,
    actions::a_squad_has_one_link_that_opens,
    actions::a_squad_says_whether_it_may_be_named,
    page_links::a_page_has_many_links_and_each_ends_for_itself,
    trends::a_squad_is_read_oldest_first,
    trends::the_last_two_of_every_squad_are_found,
    trends::actions_are_counted_by_squad,
    capabilities::they_are_kept_changed_and_deleted,
    workshops::fifty_writers_do_not_lock_each_other_out,
    past::pages_are_found_by_their_words,
    past::the_newest_revision_is_what_is_known,
    past::a_list_is_sorted_and_its_pages_meet,
    audit::a_change_and_its_line_are_kept_together,
    retention::what_is_set_and_what_is_due,
    retention::a_draft_goes_with_all_that_is_beside_it,
    imports::an_import_is_kept_whole_or_not_at_all,
    feedback::what_was_said_is_kept_and_who_said_it_forgotten,
    sessions::sessions_live_and_end,
    sessions::a_session_that_ended_is_not_revived,
];
