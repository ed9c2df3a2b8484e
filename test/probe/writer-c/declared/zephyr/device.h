/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What main.c of the writer uses of this header, declared as its public documentation gives it, so that a compiler
 * without the SDK can check the types. No SDK has been here.
 */
#pragma once

#include <stdbool.h>

struct device {
	const char *name;
};
bool device_is_ready(const struct device *dev);
extern const struct device flash_controller;
#define DEVICE_DT_GET(node) (&node)
