/*
 * log_test.c: what -d, -dfilter and -D accept, and what then is logged.
 */
#include "util/log.h"
#include "util/util.h"

#include <glib.h>
#include <unistd.h>

static void words_set_their_categories(void)
{
    const char *bad = NULL;

    log_mask = 0;
    g_assert_true(log_set("in_asm,,cpu", &bad));
    g_assert_true(log_on(LOG_in_asm));
    g_assert_true(log_on(LOG_cpu));
    g_assert_false(log_on(LOG_op));
}

static void an_unknown_word_is_pointed_at(void)
{
    const char *bad = NULL;

    g_assert_false(log_set("cpu,in_as,op", &bad));
    g_assert_true(g_str_has_prefix(bad, "in_as"));
}

static void all_leaves_out_what_changes_behaviour(void)
{
    const char *bad = NULL;

    log_mask = 0;
    g_assert_true(log_set("all", &bad));
    g_assert_true(log_on(LOG_strace));
    g_assert_false(log_on(LOG_nochain));
}

static void filters_take_ranges_of_three_forms(void)
{
    g_assert_true(log_filter("0x1000..0x1fff,0x8000+0x10,0x9000-0x10"));
    g_assert_true(log_wanted(0x1000));
    g_assert_true(log_wanted(0x1fff));
    g_assert_false(log_wanted(0x2000));
    g_assert_true(log_wanted(0x800f));
    g_assert_false(log_wanted(0x8010));
    g_assert_true(log_wanted(0x8ff1));
    g_assert_true(log_wanted(0x9000));
    g_assert_false(log_wanted(0x8ff0));
}

static void bad_filters_are_refused(void)
{
    static const char *const bad[] = {"", "0x1000", "0x1000..", "..5", "5+0", "9..5", "1..2,", "1..2;3..4", "1.-2", "1+-1"};

    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++)
        if (log_filter(bad[i]))
            g_error("'%s' was taken", bad[i]);
}

static void percent_d_becomes_the_process(void)
{
    char *dir = g_dir_make_tmp(NULL, NULL), *pattern = g_build_filename(dir, "log.%d", NULL);
    char *name = g_strdup_printf("%s/log.%d", dir, getpid()), *text = NULL;

    log_mask = 1ull << LOG_int;
    g_assert_true(log_open(pattern));
    log_print(LOG_int, "kept %d\n", 1);
    log_print(LOG_cpu, "off\n");
    g_assert_true(g_file_get_contents(name, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "kept 1\n");
    unlink(name);
    rmdir(dir);
    g_free(text);
    g_free(name);
    g_free(pattern);
    g_free(dir);
}

static void a_path_that_cannot_be_opened_is_refused(void)
{
    g_assert_false(log_open("/nonexistent/log"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(f) g_test_add_func("/log/" #f, f)
    TEST(words_set_their_categories);
    TEST(an_unknown_word_is_pointed_at);
    TEST(all_leaves_out_what_changes_behaviour);
    TEST(filters_take_ranges_of_three_forms);
    TEST(bad_filters_are_refused);
    TEST(percent_d_becomes_the_process);
    TEST(a_path_that_cannot_be_opened_is_refused);
    return g_test_run();
}
