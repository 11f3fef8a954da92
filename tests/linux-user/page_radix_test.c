/*
 * page_radix_test.c: the tree of page flags against an array of bytes, by
 * random changes of ranges from a page to terabytes.
 */
#include "linux-user/page_map.h"

#include <glib.h>

/* The pages that are looked at: some at either end of a 1 GiB and a 2 MiB boundary, the others spread. */
#define SPAN (3ull << 18)           /* pages: 3 GiB, of which each has a byte in the model */
#define BASE ((uint64_t)0x123 << 18)
static uint8_t model[SPAN];

static uint64_t random_page(GRand *r)
{
    static const uint64_t edges[] = {0, 1, 511, 512, 513, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, (2 << 18) - 1, 2 << 18, SPAN - 1, SPAN};

    return g_rand_boolean(r) ? edges[g_rand_int_range(r, 0, G_N_ELEMENTS(edges))] : (uint64_t)g_rand_int_range(r, 0, SPAN);
}

static void random_range(GRand *r, uint64_t *start, uint64_t *end)
{
    uint64_t a = random_page(r), b = g_rand_boolean(r) ? random_page(r) : MIN(SPAN, a + (uint64_t)g_rand_int_range(r, 1, 1500));

    *start = MIN(a, b);
    *end = MAX(a, b);
    if (*start == *end)
        *start ? --*start : ++*end;
}

static void change(uint64_t start, uint64_t end, unsigned keep, unsigned set)
{
    page_radix.change(BASE + start, BASE + end, keep, set);
    for (uint64_t i = start; i < end; i++)
        model[i] = (uint8_t)((model[i] & keep) | set);
}

static void check(uint64_t start, uint64_t end)
{
    struct summary s = page_radix.look(BASE + start, BASE + end);
    uint8_t any = 0, all = 0xff;
    uint64_t used = 0, run = start, low = end;

    for (uint64_t i = start; i < end; i++) {
        any |= model[i];
        all &= model[i];
        used += (model[i] & PAGE_VALID) != 0;
    }
    while (run < end && model[run] == model[start])
        run++;
    while (low > start && !model[low - 1] == !model[end - 1])
        low--;
    g_assert_cmpuint(s.any, ==, any);
    g_assert_cmpuint(s.all, ==, all);
    g_assert_cmpuint(s.used, ==, used);
    g_assert_cmpuint(page_radix.run(BASE + start, BASE + end), ==, BASE + run);
    g_assert_cmpuint((model[end - 1] ? page_radix.skip_used : page_radix.skip_free)(BASE + end, BASE + start), ==, BASE + low);
    g_assert_cmpuint(page_radix_flags((BASE + start) * GUEST_PAGE), ==, model[start]);
}

static void ranges_are_as_in_an_array(void)
{
    GRand *r = g_rand_new_with_seed(1);

    for (unsigned i = 0; i < 3000; i++) {
        uint64_t start, end;
        unsigned flags = (unsigned)g_rand_int_range(r, 0, 8);

        random_range(r, &start, &end);
        change(start, end, g_rand_int_range(r, 0, 4) ? 0 : PAGE_ANON | PAGE_SHARED, flags ? flags | PAGE_VALID | (g_rand_boolean(r) ? PAGE_ANON : 0) : 0);
        if (i % 8)
            continue;
        random_range(r, &start, &end);
        check(start, end);
    }
    g_rand_free(r);
}

static void terabytes_are_a_few_slots(void)
{
    uint64_t start = 0x100000000000 / GUEST_PAGE, pages = (64ull << 40) / GUEST_PAGE;

    for (unsigned i = 0; i < 20; i++) {
        page_radix.change(start, start + pages, 0, PAGE_VALID);
        g_assert_cmpuint(page_radix.look(start, start + pages).used, ==, pages);
        g_assert_cmpuint(page_radix.run(start, start + 2 * pages), ==, start + pages);
        page_radix.change(start, start + pages, 0, 0);
    }
    g_assert_cmpuint(page_radix_flags(~0ull), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    page_radix_init();
    g_test_add_func("/page_radix/array", ranges_are_as_in_an_array);
    g_test_add_func("/page_radix/terabytes", terabytes_are_a_few_slots);
    return g_test_run();
}
