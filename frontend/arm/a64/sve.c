/*
 * sve.c: the state of SVE: vector length, what lies above the V registers, and
 * which table decodes a word. DDI 0487 B1.2, C4.1.
 */
#include "frontend/arm/a64/models.h"
#include "frontend/arm/a64/sve.h"

#include <stdlib.h>

unsigned a64_default_vector_length = 64, a64_initial_vector_length;
bool a64_vector_length_inherited;
uint32_t a64_vector_lengths = 0xffff;

/* ---- decoding ---- */

static bool decode(struct a64 *t, uint32_t insn)
{
    switch (insn >> 24) {
    case 0x04: return sve_int_decode(t, insn);
    case 0x05: return sve_perm_decode(t, insn);
    case 0x24: case 0x25: return sve_pred_decode(t, insn);
    case 0x44: case 0x45: return sve_two_decode(t, insn);
    case 0x64: case 0x65: return sve_fp_decode(t, insn);
    default:   return insn >> 31 && sve_mem_decode(t, insn);
    }
}

/*
 * An instruction that may leave something above V ends the region, and what
 * comes is translated so that writes of V clear it. With vectors of 128 bits
 * there is nothing above.
 */
bool a64_sve_decode(struct a64 *t, uint32_t insn)
{
    t->sve_state = false;
    if (!has(t, A64_SVE) || !decode(t, insn))
        return false;
    if (t->sve_state && !(t->mode & MODE_ZHIGH) && sve_vl(t) > 16) {
        t->mode |= MODE_ZHIGH;
        ir_put(t->ir, I64, SLOT(sve_mode), ir_const(t->ir, I64, t->mode & (MODE_VQ | MODE_ZHIGH)));
        a64_sync(t);
    }
    return true;
}

void a64_clear_above_v(struct a64 *t)
{
    call_helper(t, HELPER_sve_clear, IR_NONE, ir_const(t->ir, I32, t->v_written), NO_ARG, NO_ARG, NO_ARG);
}

HELPER_FN void a64_helper_sve_clear(struct a64_state *s, uint32_t which)
{
    for (; which; which &= which - 1) {
        void *at = s->zhi[15 * (unsigned)__builtin_ctz(which)];
        unsigned long units = (s->sve_mode & MODE_VQ) >> MODE_VQ_SHIFT, words = 2 * units;
        __asm__ volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(0ull) : "memory");
    }
}

/* ---- -cpu model,sve=on,sve-max-vq=N,sve<bits>=on|off,sve-default-vector-length=bytes ---- */

static bool is_length(unsigned long bits) { return bits >= 128 && bits <= 2048 && bits % 128 == 0; }

bool a64_cpu_property(struct guest_cpu_model *m, const char *text)
{
    unsigned long n;
    char *end;
    (void)m;

    if (!strncmp(text, "sve-max-vq=", 11)) {
        n = strtoul(text + 11, &end, 10);
        if (*end || n < 1 || n > 16)
            return false;
        a64_vector_lengths = (uint32_t)ones((unsigned)n);
        return true;
    }
    if (!strncmp(text, "sve-default-vector-length=", 26)) {
        n = !strcmp(text + 26, "-1") ? SVE_BYTES : strtoul(text + 26, &end, 10);
        if (n < 16 || n % 16 || n > 8192)
            return false;
        a64_default_vector_length = (unsigned)MIN_(n, SVE_BYTES);
        return true;
    }
    if (!strncmp(text, "sve-initial-vector-length=", 26)) { /* linux-user's own, at execve */
        a64_initial_vector_length = (unsigned)strtoul(text + 26, &end, 10);
        a64_vector_length_inherited = *end == 'i';
        return true;
    }
    if (strncmp(text, "sve", 3) || !is_length(n = strtoul(text + 3, &end, 10)))
        return false;
    if (!*end || !strcmp(end, "=on"))
        a64_vector_lengths |= 1u << (n / 128 - 1);
    else if (!strcmp(end, "=off") && n > 128)
        a64_vector_lengths &= ~(1u << (n / 128 - 1));
    else
        return false;
    return true;
}

/* ---- the state, for doors ---- */

unsigned a64_get_vector_length(const struct a64_state *s) { return vl_of(s); }

unsigned a64_best_vector_length(unsigned bytes)
{
    unsigned vq = MIN_(MAX_(bytes / 16, 1), 16);

    while (vq > 1 && !(a64_vector_lengths >> (vq - 1) & 1))
        vq--;
    return vq * 16;
}

void a64_forget_sve(struct a64_state *s)
{
    if (!(vcpu_of_state(s)->model->features & A64_SVE))
        return;
    if (s->sve_mode & MODE_ZHIGH)
        memset(s->zhi, 0, sizeof s->zhi);
    memset(s->p, 0, sizeof s->p);
    s->sve_mode &= ~(uint64_t)MODE_ZHIGH;
}

void a64_set_vector_length(struct a64_state *s, unsigned bytes)
{
    unsigned vl = a64_best_vector_length(bytes);

    if (!(vcpu_of_state(s)->model->features & A64_SVE)) {
        s->sve_mode = 0;
        return;
    }
    if (vl != vl_of(s))
        a64_forget_sve(s);
    s->sve_mode = (s->sve_mode & MODE_ZHIGH) | (uint64_t)(vl / 16 - 1) << MODE_VQ_SHIFT;
}

bool a64_sve_in_use(const struct a64_state *s)
{
    static const uint64_t none[sizeof s->p / 8];

    return s->sve_mode & MODE_ZHIGH || memcmp(s->p, none, sizeof s->p);
}

void a64_get_sve(const struct a64_state *s, void *z, void *p, void *ffr)
{
    unsigned vl = vl_of(s);

    for (unsigned i = 0; i < 32; i++)
        read_z((struct a64_state *)s, i, (struct zreg *)((uint8_t *)z + i * vl));
    for (unsigned i = 0; i < 16; i++)
        memcpy((uint8_t *)p + i * (vl / 8), s->p[2 * i], vl / 8);
    memcpy(ffr, s->p[2 * FFR], vl / 8);
}

void a64_set_sve(struct a64_state *s, const void *z, const void *p, const void *ffr)
{
    unsigned vl = vl_of(s);

    for (unsigned i = 0; i < 32; i++)
        write_z(s, i, (const struct zreg *)((const uint8_t *)z + i * vl));
    for (unsigned i = 0; i < 16; i++)
        memcpy(s->p[2 * i], (const uint8_t *)p + i * (vl / 8), vl / 8);
    memcpy(s->p[2 * FFR], ffr, vl / 8);
    if (vl > 16)
        s->sve_mode |= MODE_ZHIGH;
}
