/*
 * aes.h: parts of AES rounds; out and in are different 16 bytes.
 */
#ifndef IR_AES_H
#define IR_AES_H

#include <stdint.h>

void aes_encrypt_round(uint8_t out[16], const uint8_t in[16]); /* ShiftRows, SubBytes */
void aes_decrypt_round(uint8_t out[16], const uint8_t in[16]); /* their inverses */
void aes_mix_columns(uint8_t out[16], const uint8_t in[16]);
void aes_inverse_mix_columns(uint8_t out[16], const uint8_t in[16]);

#endif
