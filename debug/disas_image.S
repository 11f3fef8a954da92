/* disas_image.S: the program moa-disas as bytes, for disas.c. */
        .section .rodata.moa_disas, "a", @progbits
        .globl disas_image, disas_image_end
        .hidden disas_image, disas_image_end
        .balign 64
disas_image:
        .incbin "debug/moa-disas"
disas_image_end:
        .section .note.GNU-stack, "", @progbits
