/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The core of the writer on this computer: flash that only clears bits, and a modem that answers as it is told to.
 *
 *   host PAGE OUT [WORD …]   runs it once on the page in the file PAGE, prints its calls, and leaves the page in OUT.
 *                            start=…, off=…, imei=…, store3=…  what the modem says: ok, cme:N, cms:N, error, errno:N;
 *                            for imei also text:…
 *                            broken=N   the word at offset N takes nothing, and flash says so; lying=N: it does not say so
 *                            cut=N      the power goes at the n-th call
 *   host fuzz PAGE SEED N    runs it on N changed pages, each twice, and counts the results
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../examples/ncs/writer/src/writer.h"

static const struct writer_marker marker = WRITER_MARKER(0xF8000, 0x8000, 0x9160);

struct chip {
	uint8_t *flash;
	uint32_t length;
	char **words;
	int said;
	long broken;
	long lying;
	long cut;
	long calls;
	uint32_t stored;
	uint32_t seed; /* not 0: answers by chance */
	int quiet;
	jmp_buf off;
};

static void complain(const char *what)
{
	fprintf(stderr, "broken promise: %s\n", what);
	abort();
}

static uint32_t chance(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void called(struct chip *chip)
{
	if (++chip->calls == chip->cut) {
		longjmp(chip->off, 1);
	}
}

static const char *told(const struct chip *chip, const char *name)
{
	size_t length = strlen(name);

	for (int i = 0; i < chip->said; i++) {
		if (strncmp(chip->words[i], name, length) == 0 && chip->words[i][length] == '=') {
			return chip->words[i] + length + 1;
		}
	}
	return "ok";
}

static struct writer_answer by_chance(struct chip *chip)
{
	static const uint16_t numbers[] = { 0, 513, 515, 518, 519, 527, 528, 116 };
	struct writer_answer answer = { WRITER_SAID_OK, 0 };

	if (chance(&chip->seed) % 24 == 0) {
		answer.said = (enum writer_said)(chance(&chip->seed) % 4);
		answer.number = numbers[chance(&chip->seed) % 8];
	}
	return answer;
}

static struct writer_answer by_name(struct chip *chip, const char *name)
{
	const char *text = told(chip, name);
	const char *number = strchr(text, ':');
	struct writer_answer answer = { WRITER_SAID_OK, 0 };

	if (chip->seed != 0) {
		return by_chance(chip);
	}
	if (strncmp(text, "cme:", 4) == 0) {
		answer.said = WRITER_SAID_CME;
	} else if (strncmp(text, "cms:", 4) == 0) {
		answer.said = WRITER_SAID_CMS;
	} else if (strncmp(text, "errno:", 6) == 0) {
		answer.said = WRITER_SAID_NOTHING;
	} else if (strcmp(text, "error") == 0) {
		answer.said = WRITER_SAID_ERROR;
	}
	if (number != NULL && answer.said != WRITER_SAID_OK) {
		answer.number = (uint16_t)atoi(number + 1);
	}
	return answer;
}

static struct writer_answer start(void *own)
{
	struct chip *chip = own;

	called(chip);
	if (!chip->quiet) {
		puts("start");
	}
	return by_name(chip, "start");
}

static struct writer_answer off(void *own)
{
	struct chip *chip = own;

	called(chip);
	if (!chip->quiet) {
		puts("off");
	}
	return by_name(chip, "off");
}

static struct writer_answer imei(void *own, char *text, size_t room)
{
	static const char *odd[] = { "\r\nOK\r\n", "12345", "3513588114743099\r\n", "35135881147430x" };
	struct chip *chip = own;
	const char *words = told(chip, "imei");
	const char *says = "351358811474309\r\nOK\r\n";

	called(chip);
	if (!chip->quiet) {
		puts("imei");
	}
	if (chip->seed != 0 && chance(&chip->seed) % 24 == 0) {
		says = odd[chance(&chip->seed) % 4];
	}
	snprintf(text, room, "%s", strncmp(words, "text:", 5) == 0 ? words + 5 : says);
	return by_name(chip, "imei");
}

static struct writer_answer store(void *own, uint32_t tag, uint8_t type, const uint8_t *content,
				  uint16_t length)
{
	struct chip *chip = own;
	char name[16];

	called(chip);
	if (content < chip->flash || content + length > chip->flash + chip->length) {
		complain("content lies on the page");
	}
	if (length == 0 || length > WRITER_LONGEST) {
		complain("an item has a length that a modem takes");
	}
	if (memchr(content, '"', length) != NULL || memchr(content, 0, length) != NULL) {
		complain("an item can be carried by an AT command");
	}
	if (!chip->quiet) {
		printf("store %u %u ", (unsigned int)tag, (unsigned int)type);
		for (uint32_t i = 0; i < length; i++) {
			printf("%02x", content[i]);
		}
		puts("");
	}
	snprintf(name, sizeof(name), "store%u", (unsigned int)chip->stored++);
	return by_name(chip, name);
}

static int program(void *own, uint32_t offset, uint32_t word)
{
	struct chip *chip = own;
	uint8_t *at = chip->flash + offset;

	called(chip);
	if (offset % 4 != 0 || offset + 4 > chip->length) {
		complain("a word lies on the page, on its boundary");
	}
	if (!chip->quiet) {
		printf("program %u %08x\n", (unsigned int)offset, (unsigned int)word);
	}
	if ((long)offset == chip->broken) {
		return -5;
	}
	for (uint32_t i = 0; i < 4 && (long)offset != chip->lying; i++) {
		at[i] &= (uint8_t)(word >> (8 * i));
	}
	return 0;
}

static uint32_t run(struct chip *chip)
{
	const struct writer_page page = { chip->flash, chip->length };
	const struct writer_hands hands = { chip, start, off, imei, store, program };

	chip->stored = 0;
	return writer_run(&page, &hands);
}

static uint8_t *read_file(const char *path, uint32_t *length)
{
	uint8_t *bytes = malloc(1u << 20);
	FILE *file = fopen(path, "rb");

	if (bytes == NULL || file == NULL) {
		exit(2);
	}
	*length = (uint32_t)fread(bytes, 1, 1u << 20, file);
	fclose(file);
	return bytes;
}

static long number_told(const struct chip *chip, const char *name)
{
	const char *text = told(chip, name);

	return strcmp(text, "ok") == 0 ? -1 : atol(text);
}

static int once(char **argv, int argc)
{
	/* Static, because what changes between setjmp and longjmp must not live in a register. */
	static struct chip chip;
	FILE *out;

	chip.words = argv + 3;
	chip.said = argc - 3;
	chip.flash = read_file(argv[1], &chip.length);
	chip.broken = number_told(&chip, "broken");
	chip.lying = number_told(&chip, "lying");
	chip.cut = number_told(&chip, "cut");
	if (setjmp(chip.off) == 0) {
		printf("result %08x\n", (unsigned int)run(&chip));
	} else {
		puts("cut");
	}
	out = fopen(argv[2], "wb");
	if (out == NULL || fwrite(chip.flash, 1, chip.length, out) != chip.length) {
		return 2;
	}
	fclose(out);
	free(chip.flash);
	return 0;
}

/* Where the items' content ends, as somebody else would walk the table; nothing of it may be left. */
static void nothing_is_left(const struct chip *chip)
{
	const uint8_t *flash = chip->flash;
	uint32_t at = WRITER_ITEMS_AT;

	for (uint32_t i = 0; i < flash[WRITER_COUNT_AT] && at + WRITER_ITEM_HEADER <= chip->length; i++) {
		uint32_t end = at + WRITER_ITEM_HEADER + flash[at + 5] + 256u * flash[at + 6];

		if (end > chip->length) {
			return;
		}
		for (at += WRITER_ITEM_HEADER; at < end; at++) {
			if (flash[at] != 0 && flash[at] != 0xFF) {
				complain("content is struck when the result stands");
			}
		}
	}
}

static int is_ours(const struct chip *chip)
{
	static const uint8_t magic[] = { 0x1A, 0xAD, 0x5C, 0xCA };

	return chip->length >= 28 && chip->length % 4 == 0 && memcmp(chip->flash, magic, 4) == 0;
}

static void change(uint8_t *page, uint32_t length, uint32_t *seed)
{
	for (uint32_t i = chance(seed) % 6; i > 0; i--) {
		uint32_t at = chance(seed) % (chance(seed) % 3 == 0 ? length : (length < 64 ? length : 64));

		if (chance(seed) % 2 == 0) {
			page[at] = (uint8_t)chance(seed);
		} else {
			page[at] ^= (uint8_t)(1u << (chance(seed) % 8));
		}
	}
}

/* One changed page, the power cut somewhere, and the run after it. The page lies in memory of just its size. */
static uint32_t changed(const uint8_t *base, uint32_t length, uint32_t seed)
{
	static struct chip chip;
	uint32_t result;

	memset(&chip, 0, sizeof(chip));
	chip.seed = seed;
	chip.quiet = 1;
	chip.broken = -1;
	chip.lying = -1;
	chip.length = chance(&seed) % 4 == 0 ? 1 + chance(&seed) % length : length;
	chip.flash = malloc(chip.length);
	if (chip.flash == NULL) {
		exit(2);
	}
	memcpy(chip.flash, base, chip.length);
	change(chip.flash, chip.length, &seed);
	chip.cut = chance(&seed) % 2 == 0 ? (long)(1 + chance(&seed) % 64) : -1;
	if (setjmp(chip.off) == 0) {
		(void)run(&chip);
	}
	chip.cut = -1;
	result = run(&chip);
	if (result == WRITER_NOT_RUN && is_ours(&chip)) {
		complain("a writer that has run leaves a result");
	}
	if (result != WRITER_NOT_RUN) {
		uint32_t stands = 0;

		for (uint32_t i = 4; i > 0; i--) {
			stands = (stands << 8) | chip.flash[WRITER_RESULT_AT + i - 1];
		}
		if (stands != result) {
			complain("the result stands on the page");
		}
		nothing_is_left(&chip);
	}
	free(chip.flash);
	return result;
}

static int fuzz(char **argv)
{
	static unsigned long count[17];
	uint32_t length;
	uint8_t *base = read_file(argv[2], &length);
	uint32_t seed = (uint32_t)atol(argv[3]) | 1u;

	for (long i = atol(argv[4]); i > 0; i--) {
		uint32_t result = changed(base, length, chance(&seed) | 1u);

		count[result == WRITER_DONE ? 0 : result == WRITER_NOT_RUN ? 16 : (result >> 24) & 0xF]++;
	}
	for (int i = 0; i < 17; i++) {
		printf("%d %lu\n", i, count[i]);
	}
	free(base);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "marker") == 0) {
		return fwrite(&marker, sizeof(marker), 1, stdout) == 1 ? 0 : 2;
	}
	if (argc == 5 && strcmp(argv[1], "fuzz") == 0) {
		return fuzz(argv);
	}
	return argc < 3 ? 2 : once(argv, argc);
}
