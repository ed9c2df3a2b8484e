/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The hands of the writer on nRF91: nRF Connect SDK's modem library and Zephyr's flash driver. Everything that is
 * decided, is decided in writer.c.
 */
#include <modem/nrf_modem_lib.h>
#include <nrf_modem_at.h>
#include <zephyr/device.h>
#include <zephyr/devicetree.h>
#include <zephyr/drivers/flash.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "writer.h"

#define PAGE_NODE DT_NODELABEL(storage_partition)

/*
 * Volatile, so that the program itself reads from it where its page is: the linker drops nothing that is read, and what
 * a host finds in the image is what the writer goes by.
 */
static const volatile struct writer_marker marker =
	WRITER_MARKER(DT_REG_ADDR(PAGE_NODE), DT_REG_SIZE(PAGE_NODE),
		      IS_ENABLED(CONFIG_SOC_NRF9160) ? 0x9160 : 0x9120);

static struct writer_answer answer_of(int err)
{
	struct writer_answer answer = { WRITER_SAID_OK, 0 };

	if (err < 0) {
		answer.said = WRITER_SAID_NOTHING;
		answer.number = (uint16_t)-err;
	} else if (err > 0) {
		switch (nrf_modem_at_err_type(err)) {
		case NRF_MODEM_AT_CME_ERROR:
			answer.said = WRITER_SAID_CME;
			break;
		case NRF_MODEM_AT_CMS_ERROR:
			answer.said = WRITER_SAID_CMS;
			break;
		default:
			answer.said = WRITER_SAID_ERROR;
			break;
		}
		answer.number = (uint16_t)nrf_modem_at_err(err);
	}
	return answer;
}

static struct writer_answer start(void *own)
{
	struct writer_answer answer = { WRITER_SAID_OK, 0 };
	int err = nrf_modem_lib_init();

	ARG_UNUSED(own);
	/* Above zero it speaks of a modem firmware update, which is not ours: the modem did not start as one expects. */
	if (err != 0) {
		answer.said = WRITER_SAID_NOTHING;
		answer.number = (uint16_t)(err < 0 ? -err : err);
	}
	return answer;
}

static struct writer_answer off(void *own)
{
	ARG_UNUSED(own);
	/* Numbers in place of a bare ERROR. A modem that refuses this still does the rest. */
	(void)nrf_modem_at_printf("AT+CMEE=1");
	return answer_of(nrf_modem_at_printf("AT+CFUN=0"));
}

static struct writer_answer imei(void *own, char *text, size_t room)
{
	ARG_UNUSED(own);
	return answer_of(nrf_modem_at_cmd(text, room, "AT+CGSN"));
}

static struct writer_answer store(void *own, uint32_t tag, uint8_t type, const uint8_t *content,
				  uint16_t length)
{
	ARG_UNUSED(own);
	return answer_of(nrf_modem_at_printf("AT%%CMNG=0,%u,%u,\"%.*s\"", (unsigned int)tag,
					     (unsigned int)type, (int)length, (const char *)content));
}

static int program(void *own, uint32_t offset, uint32_t word)
{
	const struct device *flash = own;

	return flash_write(flash, (off_t)(marker.page + offset), &word, sizeof(word));
}

int main(void)
{
	const struct device *flash = DEVICE_DT_GET(DT_CHOSEN(zephyr_flash_controller));
	/* Flash begins at address 0 on nRF91, so that an offset for the driver is an address for a pointer. */
	const struct writer_page page = {
		.bytes = (const uint8_t *)(uintptr_t)marker.page,
		.length = marker.length,
	};
	const struct writer_hands hands = {
		.own = (void *)flash,
		.start = start,
		.off = off,
		.imei = imei,
		.store = store,
		.program = program,
	};

	if (device_is_ready(flash)) {
		(void)writer_run(&page, &hands);
	}
	/* Nothing more: the host halts the core, reads the result word, and erases all of this. */
	return 0;
}
