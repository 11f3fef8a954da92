/*
 * safe_syscall.S: code with windows that the signal handler (host_signal.c)
 * knows by their labels.
 *
 *   safe_syscall_window   a signal that arrives after the check of *pending and
 *                         before the syscall instruction has run makes it
 *                         return -ERESTARTSYS: the handler moves the pc
 *   guest_copy, guest_load*, guest_store*, guest_strnlen, guest_cas*
 *                         a fault within them makes them return 1
 */
    .text

/* long safe_syscall_window(volatile uint32_t *pending, nr, a, b, c, d, e, f) */
    .globl safe_syscall_window, safe_syscall_begin, safe_syscall_insn, safe_syscall_interrupted
    .type safe_syscall_window, @function
safe_syscall_window:
    mov %rdi, %r11
    mov %rsi, %rax
    mov %rdx, %rdi
    mov %rcx, %rsi
    mov %r8, %rdx
    mov %r9, %r10
    mov 8(%rsp), %r8
    mov 16(%rsp), %r9
safe_syscall_begin:
    cmpl $0, (%r11)
    jne safe_syscall_interrupted
safe_syscall_insn:
    syscall
    ret
safe_syscall_interrupted:
    mov $-512, %rax
    ret
    .size safe_syscall_window, . - safe_syscall_window

/* long host_syscall_(nr, a, b, c, d, e, f) */
    .globl host_syscall_
    .type host_syscall_, @function
host_syscall_:
    mov %rdi, %rax
    mov %rsi, %rdi
    mov %rdx, %rsi
    mov %rcx, %rdx
    mov %r8, %r10
    mov %r9, %r8
    mov 8(%rsp), %r9
    syscall
    ret
    .size host_syscall_, . - host_syscall_

    .globl guest_access_begin, guest_access_end, guest_access_fault
guest_access_begin:
/* int guest_copy(void *to, const void *from, size_t n) */
    .globl guest_copy
guest_copy:
    mov %rdx, %rcx
    rep movsb
    xor %eax, %eax
    ret
/* int guest_zero(void *to, size_t n) */
    .globl guest_zero
guest_zero:
    mov %rsi, %rcx
    xor %eax, %eax
    rep stosb
    ret
/* int guest_load(const void *from, uint64_t *value) */
    .globl guest_load1, guest_load2, guest_load4, guest_load8
guest_load1:
    movzbl (%rdi), %eax
    jmp 1f
guest_load2:
    movzwl (%rdi), %eax
    jmp 1f
guest_load4:
    mov (%rdi), %eax
    jmp 1f
guest_load8:
    mov (%rdi), %rax
1:  mov %rax, (%rsi)
    xor %eax, %eax
    ret
/* int guest_store(void *to, uint64_t value) */
    .globl guest_store1, guest_store2, guest_store4, guest_store8
guest_store1:
    mov %sil, (%rdi)
    xor %eax, %eax
    ret
guest_store2:
    mov %si, (%rdi)
    xor %eax, %eax
    ret
guest_store4:
    mov %esi, (%rdi)
    xor %eax, %eax
    ret
guest_store8:
    mov %rsi, (%rdi)
    xor %eax, %eax
    ret
/* int guest_strnlen(const char *s, size_t max, size_t *length): length = max when there is no NUL */
    .globl guest_strnlen
guest_strnlen:
    xor %eax, %eax
1:  cmp %rsi, %rax
    jae 2f
    cmpb $0, (%rdi, %rax)
    je 2f
    inc %rax
    jmp 1b
2:  mov %rax, (%rdx)
    xor %eax, %eax
    ret
/* int guest_cas4(uint32_t *at, uint64_t *expected, uint64_t desired): *expected = what was there */
    .globl guest_cas4, guest_cas8
guest_cas4:
    mov (%rsi), %eax
    lock cmpxchg %edx, (%rdi)
    mov %rax, (%rsi)
    mov $0, %eax
    ret
guest_cas8:
    mov (%rsi), %rax
    lock cmpxchg %rdx, (%rdi)
    mov %rax, (%rsi)
    mov $0, %eax
    ret
guest_access_end:
guest_access_fault:
    mov $1, %eax
    ret

    .section .note.GNU-stack, "", @progbits
