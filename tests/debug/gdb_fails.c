/* gdb_fails.c: what gdb_test.py steps through on AArch64: a pointer that fails its authentication (AUTIA1716). */
int main(void)
{
    __asm__ volatile("mov x17, #64\n mov x16, #1\n.globl failing\nfailing: hint #12\n nop" ::: "x16", "x17");
    return 0;
}
