/*
 * disas_test.c: the disassembling child and the names of addresses.
 */
#include "debug/debug.h"
#include "debug/internal.h"

#include <glib.h>
#include <stdlib.h>
#include <sys/wait.h>

static void arm_thumb_and_host_code_are_read_in_one_process(void)
{
    char *arm = debug_disas_text("arm", "\x01\x00\xa0\xe3\x1e\xff\x2f\xe1", 8, 0x10400);
    char *thumb = debug_disas_text("thumb", "\x01\x20\x70\x47", 4, 0x10400);
    char *host = debug_disas_text("x86_64", "\xc3", 1, 0x1000);

    g_assert_cmpstr(arm, ==, "0x00010400:  e3a00001   mov r0, #1\n0x00010404:  e12fff1e   bx lr\n");
    g_assert_nonnull(strstr(thumb, "0x00010402:  4770"));
    g_assert_nonnull(strstr(thumb, "bx lr"));
    g_assert_nonnull(strstr(host, "ret"));
    free(arm);
    free(thumb);
    free(host);
}

static void bytes_that_are_no_instruction_do_not_stop_it(void)
{
    char *text = debug_disas_text("x86_64", "\x06\xc3", 2, 0);

    g_assert_nonnull(strstr(text, "(unknown)"));
    g_assert_nonnull(strstr(text, "ret"));
    free(text);
}

static void the_disassembler_is_nobodys_child(void)
{
    free(debug_disas_text("arm", "\x01\x00\xa0\xe3", 4, 0));
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
}

static void a_host_function_is_found_by_its_address(void)
{
    uint64_t offset;
    const char *name = debug_symbol_of_host((uint64_t)debug_where + 4, &offset, NULL);

    g_assert_cmpstr(name, ==, "debug_where");
    g_assert_cmpuint(offset, ==, 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/disas/isas", arm_thumb_and_host_code_are_read_in_one_process);
    g_test_add_func("/disas/unknown", bytes_that_are_no_instruction_do_not_stop_it);
    g_test_add_func("/disas/child", the_disassembler_is_nobodys_child);
    g_test_add_func("/symbols/host", a_host_function_is_found_by_its_address);
    return g_test_run();
}
