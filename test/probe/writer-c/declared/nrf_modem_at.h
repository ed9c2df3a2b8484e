/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What main.c of the writer uses of this header, declared as its public documentation gives it, so that a compiler
 * without the SDK can check the types. No SDK has been here.
 */
#pragma once

#include <stddef.h>

#define NRF_MODEM_AT_ERROR 1
#define NRF_MODEM_AT_CME_ERROR 2
#define NRF_MODEM_AT_CMS_ERROR 3

int nrf_modem_at_err_type(int error);
int nrf_modem_at_err(int error);
int nrf_modem_at_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int nrf_modem_at_cmd(void *buf, size_t len, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
