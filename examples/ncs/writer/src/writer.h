/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The core of a writer: firmware that gives the modem what lies on a page of flash, and says there how it went.
 * Nothing in it knows an SDK. What it needs of the chip comes in as `struct writer_hands`.
 */
#ifndef SECTAG_WRITER_H_
#define SECTAG_WRITER_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The first word of a page that is meant for a writer, as in the open one that went before. */
#define WRITER_MAGIC 0xCA5CAD1Au
/* The result word of a page that no writer has worked on yet. It never means anything else. */
#define WRITER_NOT_RUN 0xFFFFFFFFu
/* The result word when the modem has taken every item. */
#define WRITER_DONE 0u
/* The longest content of one item, bytes. */
#define WRITER_LONGEST 4077u
/* The item of a result word that speaks of none. */
#define WRITER_NO_ITEM 0xFFu

/* Where things lie on the page; little-endian throughout. */
#define WRITER_RESULT_AT 4u
#define WRITER_IMEI_AT 8u
#define WRITER_IMEI_LENGTH 15u
#define WRITER_COUNT_AT 24u
#define WRITER_ITEMS_AT 25u
#define WRITER_ITEM_HEADER 7u

/* Why a writer stopped: bits 24 to 27 of a result word. README.md has the table. */
enum writer_reason {
	WRITER_START = 1,   /* the modem did not start */
	WRITER_OFF,         /* the modem refused AT+CFUN=0 */
	WRITER_IMEI,        /* the modem refused AT+CGSN */
	WRITER_IMEI_ODD,    /* its answer is no IMEI; detail: digits that were there */
	WRITER_IMEI_FIELD,  /* the page's field for it is not blank and says another one */
	WRITER_FLASH,       /* flash does not hold what was programmed; detail: offset in words */
	WRITER_NO_ITEMS,    /* the count is blank: nobody has laid out a table */
	WRITER_TABLE,       /* an item does not end within the page's area */
	WRITER_LENGTH,      /* an item is empty or too long; detail: its length */
	WRITER_CONTENT,     /* an item holds a quote or a NUL, which no AT command can carry; detail: where */
	WRITER_STORE,       /* the modem refused an item */
	WRITER_UNANSWERED,  /* the modem did not answer: whether it has the item is unknown */
};

/* What came back from the modem. */
enum writer_said {
	WRITER_SAID_CME = 0,     /* +CME ERROR: number */
	WRITER_SAID_CMS = 1,     /* +CMS ERROR: number */
	WRITER_SAID_NOTHING = 2, /* no answer; the number is the library's errno, positive */
	WRITER_SAID_ERROR = 3,   /* ERROR, without a number */
	WRITER_SAID_OK = 4,
};

struct writer_answer {
	enum writer_said said;
	uint16_t number;
};

/* What the core needs of the chip. All calls are made one after the other, from `writer_run` only. */
struct writer_hands {
	void *own;
	/* Starts the modem. */
	struct writer_answer (*start)(void *own);
	/* AT+CFUN=0: credentials can be written only while the radio is off. */
	struct writer_answer (*off)(void *own);
	/* AT+CGSN: the answer's text, NUL-terminated, at most `room` bytes. */
	struct writer_answer (*imei)(void *own, char *text, size_t room);
	/* AT%CMNG=0 with this content, which has neither quote nor NUL. */
	struct writer_answer (*store)(void *own, uint32_t tag, uint8_t type, const uint8_t *content,
				      uint16_t length);
	/* Programs a word of the page, `offset` a multiple of 4. Only clears bits; 0 when it was done. */
	int (*program)(void *own, uint32_t offset, uint32_t word);
};

/* The page and what belongs to it: memory-mapped flash, beginning on a page boundary, a multiple of 4 long. */
struct writer_page {
	const uint8_t *bytes;
	uint32_t length;
};

/*
 * Does the whole work once: checks the table, starts the modem, reads the IMEI, stores the items, writes the result
 * word, and strikes the items' content out of the page. Where the result word stands already only the striking is done.
 * Returns the result word; WRITER_NOT_RUN where the page is not meant for a writer.
 */
uint32_t writer_run(const struct writer_page *page, const struct writer_hands *hands);

/*
 * What a host looks for in a writer's image to learn where its page is. It has to stand in the image once and nowhere
 * else, so its text must not be written anywhere but here.
 */
struct writer_marker {
	char text[16];
	uint32_t versions; /* this form of a marker in the high half, the writer's own version in the low one */
	uint32_t page;     /* the address of the page */
	uint32_t length;   /* how much flash from there on is for the table, bytes */
	uint32_t chip;     /* 0x9160 for nRF9160, 0x9120 for nRF91x1, whose die is called so */
	uint32_t check;    /* the four words before, exclusive-or, inverted */
};

#define WRITER_VERSION 1u
#define WRITER_VERSIONS ((1u << 16) | WRITER_VERSION)
#define WRITER_MARKER(page_, length_, chip_)                                                       \
	{                                                                                          \
		.text = "sectag-writer\n", .versions = WRITER_VERSIONS, .page = (page_),           \
		.length = (length_), .chip = (chip_),                                              \
		.check = ~(WRITER_VERSIONS ^ (uint32_t)(page_) ^ (uint32_t)(length_) ^             \
			   (uint32_t)(chip_)),                                                     \
	}

#ifdef __cplusplus
}
#endif

#endif /* SECTAG_WRITER_H_ */
