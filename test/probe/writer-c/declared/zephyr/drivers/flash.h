/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What main.c of the writer uses of this header, declared as its public documentation gives it, so that a compiler
 * without the SDK can check the types. No SDK has been here.
 */
#pragma once

#include <stddef.h>
#include <zephyr/device.h>

typedef long off_t;
int flash_write(const struct device *dev, off_t offset, const void *data, size_t len);
