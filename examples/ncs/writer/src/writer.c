/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "writer.h"

#include <stdbool.h>

/* Our result words begin with this: no negative errno does, and no AT result of the modem library. */
#define OURS 0x50000000u

struct item {
	uint32_t at; /* where its content begins */
	uint32_t tag;
	uint8_t type;
	uint16_t length;
};

static uint32_t result_word(enum writer_reason reason, uint32_t item, uint32_t detail)
{
	uint32_t told = detail > 0xFFFFu ? 0xFFFFu : detail;

	return OURS | ((uint32_t)reason << 24) | (item << 16) | told;
}

/* What the modem said, in the sixteen bits of a detail: the kind above, its number below. */
static uint32_t said_word(enum writer_reason reason, uint32_t item, struct writer_answer answer)
{
	return result_word(reason, item, ((uint32_t)answer.said << 14) | (answer.number & 0x3FFFu));
}

/* Byte by byte: fields of the table lie where they come to lie, and flash may be read at any address this way. */
static uint32_t read_word(const struct writer_page *page, uint32_t at)
{
	const uint8_t *from = page->bytes + at;

	return (uint32_t)from[0] | ((uint32_t)from[1] << 8) | ((uint32_t)from[2] << 16) |
	       ((uint32_t)from[3] << 24);
}

/* Reads the item whose header begins at `at`; false where it does not end within the page's area. */
static bool read_item(const struct writer_page *page, uint32_t at, struct item *item)
{
	if (page->length - at < WRITER_ITEM_HEADER) {
		return false;
	}
	item->tag = read_word(page, at);
	item->type = page->bytes[at + 4];
	item->length = (uint16_t)(page->bytes[at + 5] | (page->bytes[at + 6] << 8));
	item->at = at + WRITER_ITEM_HEADER;
	return page->length - item->at >= item->length;
}

/* Programs a word unless it says so already: flash takes few writes between two erases. */
static bool put_word(const struct writer_page *page, const struct writer_hands *hands, uint32_t at,
		     uint32_t word)
{
	if (read_word(page, at) == word) {
		return true;
	}
	return hands->program(hands->own, at, word) == 0 && read_word(page, at) == word;
}

static uint32_t check_content(const struct writer_page *page, uint32_t index, const struct item *item)
{
	if (item->length == 0 || item->length > WRITER_LONGEST) {
		return result_word(WRITER_LENGTH, index, item->length);
	}
	for (uint32_t i = 0; i < item->length; i++) {
		uint8_t byte = page->bytes[item->at + i];

		/* A quote would end the content, and what follows it would be read as parameters. */
		if (byte == '"' || byte == '\0') {
			return result_word(WRITER_CONTENT, index, i);
		}
	}
	return WRITER_DONE;
}

/* The whole table before the first write: who is refused for an item has none of them in the modem. */
static uint32_t check_table(const struct writer_page *page)
{
	uint32_t at = WRITER_ITEMS_AT;
	uint32_t count = page->bytes[WRITER_COUNT_AT];

	if (count == 0xFF) {
		return result_word(WRITER_NO_ITEMS, WRITER_NO_ITEM, 0);
	}
	for (uint32_t index = 0; index < count; index++) {
		struct item item;
		uint32_t found;

		if (!read_item(page, at, &item)) {
			return result_word(WRITER_TABLE, index, 0);
		}
		found = check_content(page, index, &item);
		if (found != WRITER_DONE) {
			return found;
		}
		at = item.at + item.length;
	}
	return WRITER_DONE;
}

static uint32_t digits(const char *text)
{
	uint32_t count = 0;

	while (text[count] >= '0' && text[count] <= '9') {
		count++;
	}
	return count;
}

/* Puts the IMEI on the page: fifteen digits, and a byte that stays blank. */
static uint32_t keep_imei(const struct writer_page *page, const struct writer_hands *hands,
			  const char *text)
{
	uint32_t found = digits(text);

	if (found != WRITER_IMEI_LENGTH) {
		return result_word(WRITER_IMEI_ODD, WRITER_NO_ITEM, found);
	}
	for (uint32_t i = 0; i <= WRITER_IMEI_LENGTH; i += 4) {
		uint32_t at = WRITER_IMEI_AT + i;
		uint32_t word = (uint32_t)(uint8_t)text[i] | ((uint32_t)(uint8_t)text[i + 1] << 8) |
				((uint32_t)(uint8_t)text[i + 2] << 16);

		word |= (i + 3 < WRITER_IMEI_LENGTH ? (uint32_t)(uint8_t)text[i + 3] : 0xFFu) << 24;
		if ((read_word(page, at) & word) != word) {
			return result_word(WRITER_IMEI_FIELD, WRITER_NO_ITEM, 0);
		}
		if (!put_word(page, hands, at, word)) {
			return result_word(WRITER_FLASH, WRITER_NO_ITEM, at / 4);
		}
	}
	return WRITER_DONE;
}

static uint32_t prepare(const struct writer_page *page, const struct writer_hands *hands)
{
	char text[64] = { 0 };
	struct writer_answer answer = hands->start(hands->own);

	if (answer.said != WRITER_SAID_OK) {
		return said_word(WRITER_START, WRITER_NO_ITEM, answer);
	}
	answer = hands->off(hands->own);
	if (answer.said != WRITER_SAID_OK) {
		return said_word(WRITER_OFF, WRITER_NO_ITEM, answer);
	}
	answer = hands->imei(hands->own, text, sizeof(text) - 1);
	if (answer.said != WRITER_SAID_OK) {
		return said_word(WRITER_IMEI, WRITER_NO_ITEM, answer);
	}
	return keep_imei(page, hands, text);
}

static uint32_t store_items(const struct writer_page *page, const struct writer_hands *hands)
{
	uint32_t at = WRITER_ITEMS_AT;
	uint32_t count = page->bytes[WRITER_COUNT_AT];

	for (uint32_t index = 0; index < count; index++) {
		struct item item;
		struct writer_answer answer;

		if (!read_item(page, at, &item)) {
			return result_word(WRITER_TABLE, index, 0);
		}
		answer = hands->store(hands->own, item.tag, item.type, page->bytes + item.at,
				      item.length);
		if (answer.said == WRITER_SAID_NOTHING) {
			return said_word(WRITER_UNANSWERED, index, answer);
		}
		if (answer.said != WRITER_SAID_OK) {
			return said_word(WRITER_STORE, index, answer);
		}
		at = item.at + item.length;
	}
	return WRITER_DONE;
}

/* Clears the bytes from `from` up to `to`, and only those; what is blank or cleared already is left in peace. */
static void strike(const struct writer_page *page, const struct writer_hands *hands, uint32_t from,
		   uint32_t to)
{
	for (uint32_t at = from & ~3u; at < to; at += 4) {
		uint32_t mask = 0;
		uint32_t held = read_word(page, at);

		for (uint32_t i = 0; i < 4; i++) {
			if (at + i >= from && at + i < to) {
				mask |= 0xFFu << (8 * i);
			}
		}
		if ((held & mask) != 0 && (held & mask) != mask) {
			/* There is nobody to tell when it fails: the result stands, and the host erases the page. */
			(void)hands->program(hands->own, at, held & ~mask);
		}
	}
}

/*
 * NOR flash can clear bits without an erase, so secrets go as soon as the result word stands: whoever pulls the plug
 * from then on finds a table of zeros. Not earlier, item by item: a reset between two items, which some programming
 * tools cause, would find half a table and could not tell a struck item from a torn one.
 */
static void strike_items(const struct writer_page *page, const struct writer_hands *hands)
{
	uint32_t at = WRITER_ITEMS_AT;
	uint32_t count = page->bytes[WRITER_COUNT_AT];

	for (uint32_t index = 0; index < count; index++) {
		struct item item;

		if (!read_item(page, at, &item)) {
			strike(page, hands, at, page->length);
			return;
		}
		strike(page, hands, item.at, item.at + item.length);
		at = item.at + item.length;
	}
}

uint32_t writer_run(const struct writer_page *page, const struct writer_hands *hands)
{
	uint32_t result;

	if (page->length < WRITER_ITEMS_AT + 3u || page->length % 4 != 0 ||
	    read_word(page, 0) != WRITER_MAGIC) {
		return WRITER_NOT_RUN;
	}
	result = read_word(page, WRITER_RESULT_AT);
	if (result == WRITER_NOT_RUN) {
		result = check_table(page);
		if (result == WRITER_DONE) {
			result = prepare(page, hands);
		}
		if (result == WRITER_DONE) {
			result = store_items(page, hands);
		}
		if (!put_word(page, hands, WRITER_RESULT_AT, result)) {
			return read_word(page, WRITER_RESULT_AT);
		}
	}
	strike_items(page, hands);
	return result;
}
