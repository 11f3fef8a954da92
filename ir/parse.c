/*
 * parse.c: the printer's text back to a region, so that a line of a log can be
 * pasted into a test. Nothing is simplified: what is written is what is built.
 */
#include "ir/text.h"
#include "util/util.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>

struct parser {
    struct ir_region *r;
    const char *at;               /* what is still to be read of the line */
    const char *error;
    unsigned line;
    uint32_t value[IR_MAX_OPS];   /* name N of vN -> index of its op, 0: not made */
};

static __thread char sentence[256];

__attribute__((format(printf, 2, 3)))
static bool fail(struct parser *p, const char *fmt, ...)
{
    int used = snprintf(sentence, sizeof sentence, "line %u: ", p->line);
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(sentence + used, sizeof sentence - (size_t)used, fmt, ap);
    va_end(ap);
    p->error = sentence;
    return false;
}

/* ---- words ---- */

static void skip_blanks(struct parser *p)
{
    while (*p->at == ' ' || *p->at == '\t' || *p->at == ',')
        p->at++;
}

/* The rest of the line is empty or a comment. */
static bool at_end(struct parser *p)
{
    skip_blanks(p);
    return !*p->at || *p->at == '\n' || *p->at == ';';
}

/* Letters, digits and _, as much as there are (cut when too long for a word). */
static void word(struct parser *p, char *w, size_t room)
{
    size_t n = 0;

    for (; isalnum((unsigned char)*p->at) || *p->at == '_'; p->at++)
        if (n + 1 < room)
            w[n++] = *p->at;
    w[n] = '\0';
}

static bool number(struct parser *p, uint64_t *n)
{
    char *end;

    *n = strtoull(p->at, &end, 0);
    if (end == p->at || !isdigit((unsigned char)*p->at))
        return fail(p, "a number is missing at '%.16s'", p->at);
    p->at = end;
    return true;
}

static int find_word(const char *const *words, size_t count, const char *w)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(words[i], w))
            return (int)i;
    return -1;
}
#define FIND(words, w) find_word(words, ARRAY_SIZE(words), w)

static int find_op(const char *w)
{
    for (int i = 1; i < IR_COUNT; i++)
        if (!strcmp(ir_info[i].name, w))
            return i;
    return -1;
}

/* ---- suffixes of the op's name ---- */

/* u8 .. s64 u128, or a word of its own. */
static bool memop_suffix(const char *w, uint8_t *aux)
{
    for (unsigned i = 0; i < ARRAY_SIZE(ir_memop_words); i++)
        if (!strcmp(w, ir_memop_words[i].word)) {
            *aux |= (uint8_t)ir_memop_words[i].bit;
            return true;
        }
    if (*w != 'u' && *w != 's')
        return false;
    for (unsigned size = MO_8; size <= MO_128; size++)
        if (strtoul(w + 1, NULL, 10) == 8u << size) {
            *aux |= (uint8_t)(size | (*w == 's' ? MO_SIGN : 0));
            return true;
        }
    return false;
}

static bool aux_suffix(struct ir_op *o, const char *w)
{
    int i = -1;

    switch (ir_aux_of(o->op)) {
    case AUX_NUMBER:
        i = isdigit((unsigned char)*w) ? (int)strtoul(w, NULL, 10) : -1;
        break;
    case AUX_FLOAT_LANES:
        i = !strcmp(w, "std") ? IR_STD : isdigit((unsigned char)*w) ? (int)strtoul(w, NULL, 10) : -1;
        break;
    case AUX_COND:
        i = FIND(ir_cond_words, w);
        break;
    case AUX_ROUND:
        i = strcmp(w, "exact") ? FIND(ir_round_words, w) : IR_EXACT;
        break;
    case AUX_MEMOP:
        return memop_suffix(w, &o->aux);
    case AUX_EXCEPTION:
        i = FIND(ir_exception_words, w);
        break;
    }
    if (i < 0 || i > 255)
        return false;
    o->aux |= (uint8_t)i;
    return true;
}

static bool op_name(struct parser *p, struct ir_op *o)
{
    char w[16];
    int op, type;

    word(p, w, sizeof w);
    op = find_op(w);
    if (op < 0)
        return fail(p, "no op is called '%s'", w);
    o->op = (uint8_t)op;
    o->type = IR_NONE;
    while (*p->at == '.') {
        p->at++;
        word(p, w, sizeof w);
        type = ir_has_type_suffix(o->op) ? FIND(ir_type_words, w) : -1;
        if (type > 0)
            o->type = (uint8_t)type;
        else if (!aux_suffix(o, w))
            return fail(p, "'%s' means nothing behind '%.12s'", w, ir_info[op].name);
    }
    o->type = ir_canonical_type(o->op, o->type);
    if (op == IR_call)
        o->mode = o->type;
    return true;
}

/* ---- operands and fields ---- */

/* Behind #: a value, or type:value. */
static bool inline_constant(struct parser *p, enum ir_type type, ir_ref *v)
{
    uint64_t n;
    char w[16];

    if (!isdigit((unsigned char)*p->at)) {
        word(p, w, sizeof w);
        type = (enum ir_type)MAX_(FIND(ir_type_words, w), 0);
        if (*p->at++ != ':')
            return fail(p, "':' is missing behind '#%s'", w);
    }
    if (type == IR_NONE)
        return fail(p, "a constant needs its type here, as in #i32:1");
    if (!number(p, &n))
        return false;
    if (ir_room(p->r) < 2)
        return fail(p, "region is too long");
    *v = ir_const(p->r, type, n);
    return true;
}

static bool named_value(struct parser *p, ir_ref *v)
{
    uint64_t n;

    p->at++;
    if (!number(p, &n))
        return false;
    if (n >= IR_MAX_OPS || !p->value[n])
        return fail(p, "v%llu has not been made", (unsigned long long)n);
    v->id = p->value[n];
    return true;
}

static bool operand(struct parser *p, struct ir_op *o)
{
    ir_ref *v = &o->arg[o->nargs];

    if (o->nargs >= (o->op == IR_call ? 4u : ir_info[o->op].nargs))
        return fail(p, "too many operands for '%.12s'", ir_info[o->op].name);
    if (*p->at == '-') {
        p->at++;
        *v = (ir_ref){0};
    } else if (*p->at == '#') {
        p->at++;
        if (!inline_constant(p, ir_operand_type(p->r, o, o->nargs), v))
            return false;
    } else if (!named_value(p, v))
        return false;
    o->nargs++;
    return true;
}

static bool field(struct parser *p, struct ir_op *o)
{
    char key[16];
    uint64_t n;

    word(p, key, sizeof key);
    if (*p->at++ != '=')
        return fail(p, "expected a value, a constant or key=number at '%s'", key);
    if (!number(p, &n))
        return false;
    if (!strcmp(key, ir_imm_key(o->op)))
        o->imm = n;
    else if (!strcmp(key, ir_imm2_key(o->op)))
        o->imm2 = n;
    else if (!strcmp(key, "mode"))
        o->mode = (uint32_t)n;
    else
        return fail(p, "'%.12s' has no field '%s'", ir_info[o->op].name, key);
    return true;
}

/* ---- lines ---- */

/* vN = in front of an op; *name is 0 without. */
static bool result_name(struct parser *p, uint64_t *name)
{
    *name = 0;
    if (p->at[0] != 'v' || !isdigit((unsigned char)p->at[1]))
        return true;
    p->at++;
    if (!number(p, name))
        return false;
    skip_blanks(p);
    if (*p->at++ != '=')
        return fail(p, "'=' is missing behind v%llu", (unsigned long long)*name);
    if (!*name || *name >= IR_MAX_OPS)
        return fail(p, "v%llu is no good name", (unsigned long long)*name);
    skip_blanks(p);
    return true;
}

static bool op_line(struct parser *p)
{
    struct ir_op o = {0};
    uint64_t name;

    if (!result_name(p, &name) || !op_name(p, &o))
        return false;
    while (!at_end(p)) {
        bool is_operand = *p->at == '#' || *p->at == '-' || (*p->at == 'v' && isdigit((unsigned char)p->at[1]));

        if (!(is_operand ? operand(p, &o) : field(p, &o)))
            return false;
    }
    if (!ir_room(p->r))
        return fail(p, "region is too long");
    if (o.op == IR_insn)
        p->r->insns++;
    if (o.op == IR_label || o.op == IR_br || o.op == IR_br_if)
        p->r->labels = (uint32_t)MAX_(p->r->labels, MIN_(o.imm, IR_MAX_OPS) + 1);
    p->r->branches += o.op == IR_br || o.op == IR_br_if;
    if (o.op == IR_put && o.type == FLAGS && !p->r->first_flags_put)
        p->r->first_flags_put = p->r->count;
    p->r->ops[p->r->count] = o;
    p->value[name] = name ? p->r->count : 0;
    p->r->count++;
    return true;
}

static bool header_line(struct parser *p)
{
    struct ir_region *r = p->r;
    char key[16], w[16];

    while (!at_end(p)) {
        uint64_t n = 0;

        word(p, key, sizeof key);
        if (!strcmp(key, "pointer64")) {
            r->pointer64 = true;
            continue;
        }
        if (*p->at++ != '=')
            return fail(p, "'=' is missing behind '%s'", key);
        if (!strcmp(key, "fp")) {
            word(p, w, sizeof w);
            r->fp = (uint8_t)MAX_(FIND(ir_fp_words, w), 0);
        } else if (!number(p, &n))
            return false;
        else if (!strcmp(key, "pc"))
            r->key.pc = n;
        else if (!strcmp(key, "mode"))
            r->key.mode = (uint32_t)n;
        else
            return fail(p, "a region has no field '%s'", key);
    }
    return true;
}

static bool any_line(struct parser *p)
{
    if (at_end(p))
        return true;
    if (strncmp(p->at, "region ", 7))
        return op_line(p);
    p->at += 7;
    return header_line(p);
}

const char *ir_parse(struct ir_region *r, const char *text)
{
    struct parser p = {.r = r, .at = text, .line = 1};
    bool fold = r->fold;

    r->fold = false;
    r->fp = FP_HOST;
    r->pointer64 = false;
    ir_begin(r, (struct region_key){0, 0});
    while (*p.at && any_line(&p)) {
        p.at += strcspn(p.at, "\n");
        p.at += *p.at == '\n';
        p.line++;
    }
    r->fold = fold;
    return p.error;
}
