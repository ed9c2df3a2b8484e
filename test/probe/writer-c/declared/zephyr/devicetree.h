/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What main.c of the writer uses of this header, declared as its public documentation gives it, so that a compiler
 * without the SDK can check the types. No SDK has been here.
 */
#pragma once

#define DT_NODELABEL(label) label
#define DT_CHOSEN(property) flash_controller
#define DT_REG_ADDR(node) 0xF8000
#define DT_REG_SIZE(node) 0x8000
