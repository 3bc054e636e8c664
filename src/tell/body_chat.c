/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the templates for chats. What their limits and markup are stands beside each; the engine
 * keeps both.
 */
#include "tell/body_private.h"
#include "tell/body_template.h"

/* Incoming webhook. `text` is what a notification shows. Blocks: header at most 150 characters,
 * section 3,000, an element of a context 2,000 (Block Kit reference); none may be empty. plain_text
 * with emoji off shows what it is given, and makes no link of an address. Nothing is fetched for a
 * preview. */
static const char slack[] =
    "{\"text\":\"{{state}}: {{title:200}}\",\"mrkdwn\":false,"
    "\"unfurl_links\":false,\"unfurl_media\":false,\"blocks\":["
    "{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"emoji\":false,"
    "\"text\":\"{{state}}: {{title:130}}\"}},"
    "{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"emoji\":false,"
    "\"text\":\"{{site:100}} / {{host:100}}\\n{{body:2000}}\"}},"
    "{\"type\":\"context\",\"elements\":[{\"type\":\"plain_text\",\"emoji\":false,"
    "\"text\":\"Details\\n{{details:1900}}\"}]}]}";

/* A bare Adaptive Card 1.4, as a Workflow takes it. RichTextBlock's TextRun knows no Markdown, so
 * that text from outside cannot become a link. */
static const char teams[] =
    "{\"type\":\"AdaptiveCard\",\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\","
    "\"version\":\"1.4\",\"fallbackText\":\"{{state}}: {{title:200}}\",\"body\":["
    "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\",\"size\":\"Large\","
    "\"weight\":\"Bolder\",\"text\":\"{{state}}: {{title:200}}\"}]},"
    "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\","
    "\"text\":\"{{site:100}} / {{host:100}}\"}]},"
    "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\",\"text\":\"{{body:2000}} \"}]},"
    "{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\",\"size\":\"Small\","
    "\"isSubtle\":true,\"text\":\"{{details:3000}} \"}]}]}";

/* Execute Webhook: content at most 2,000, an embed's description 4,096, footer 2,048, all embeds
 * together 6,000. Nobody is ever pinged. */
static const char discord[] =
    "{\"username\":\"forewarn\",\"allowed_mentions\":{\"parse\":[]},"
    "\"content\":\"{{state}}: {{title:500}}\",\"embeds\":[{"
    "\"description\":\"{{body:1500}}\\n\\n{{details:2500}}\",\"color\":{{colour}},"
    "\"timestamp\":\"{{time}}\",\"footer\":{\"text\":\"{{site:200}} / {{host:200}}\"}}]}";

/* Publish as JSON: a message of more than 4,096 bytes becomes an attachment. No Markdown unless
 * asked for. The longest unit of UTF-16 has 3 bytes. */
static const char ntfy[] = "{\"topic\":\"{{topic}}\",\"title\":\"{{state}}: {{title:100}}\","
			   "\"message\":\"{{body:1000}}\\n{{site:100}} / {{host:100}}\","
			   "\"priority\":{{priority}},\"tags\":[\"{{level}}\"]}";

int
body_slack(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	return template_fill(TEMPLATE_SLACK, slack, t, v, out, e);
}

int
body_teams(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	return template_fill(TEMPLATE_PLAIN, teams, t, v, out, e);
}

int
body_discord(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	return template_fill(TEMPLATE_DISCORD, discord, t, v, out, e);
}

int
body_ntfy(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	return template_fill(TEMPLATE_PLAIN, ntfy, t, v, out, e);
}
