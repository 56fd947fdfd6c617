"use strict";
/**
 * A small app on Slack's own JavaScript framework: the second official client of the local workspace.
 * Decides nothing that matters; the first line that it prints says where it listens, the end of its input ends it.
 */

const { App } = require("@slack/bolt");
const { WebClient, ErrorCode } = require("@slack/web-api");

const { SLACK_API_URL, SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, TRANSPORT } = process.env;
const CHANNEL = "C0ADVOCACY";

const plain = (text) => ({ type: "plain_text", text });
const option = (text, value) => ({ text: plain(text), value });
const button = (action_id, text) => ({ type: "button", action_id, text: plain(text), value: "1" });

/** @param {string} name what stands in the first field */
function form(name) {
  return {
    type: "modal",
    callback_id: "greeting",
    notify_on_close: true,
    title: plain("Say hello"),
    submit: plain("Send"),
    close: plain("Cancel"),
    blocks: [
      {
        type: "input",
        block_id: "name",
        label: plain("Name"),
        element: { type: "plain_text_input", action_id: "typed", ...(name && { initial_value: name }) },
      },
      {
        type: "input",
        block_id: "company",
        label: plain("Company"),
        element: { type: "external_select", action_id: "company", min_query_length: 1 },
      },
      { type: "actions", block_id: "more", elements: [button("details", "Add details")] },
    ],
  };
}

/** The form with one more field in the place of the button, everything else under the same ids. */
function withDetails(name) {
  const view = form(name);
  const element = { type: "datepicker", action_id: "when" };
  view.blocks[2] = { type: "input", block_id: "when", label: plain("When"), optional: true, element };
  return view;
}

const greeting = (text) => [
  { type: "section", text: { type: "mrkdwn", text } },
  { type: "actions", block_id: "answers", elements: [button("wave", "Wave back"), button("seen", "Seen")] },
];

const home = (text) => ({
  type: "home",
  blocks: [
    { type: "header", text: plain(text) },
    { type: "actions", block_id: "choice", elements: [button("again", "Again")] },
  ],
});

/** What commands answer by asking Slack's client: pages, and what a refusal looks like. */
const ASKED = {
  async people(client) {
    const pages = await client.paginate("users.list", { limit: 2 });
    const counts = [];
    for await (const page of pages) counts.push(page.members.length);
    return `Pages of ${counts.join(", ")}`;
  },
  async refusal(client) {
    try {
      return JSON.stringify(await client.chat.postMessage({ channel: "C0OLD", text: "Hello" }));
    } catch (error) {
      return error.code === ErrorCode.PlatformError ? `Refused: ${error.data.error}` : String(error);
    }
  },
  async scopes(client) {
    const { response_metadata } = await client.auth.test();
    return response_metadata.scopes.includes("chat:write") ? "May write" : "May not write";
  },
};

function commandsAndShortcuts(app) {
  app.command("/hello", async ({ ack, command, client }) => {
    const asked = ASKED[command.text];
    if (asked) return ack(await asked(client));
    await client.views.open({ trigger_id: command.trigger_id, view: form(command.text) });
    return ack();
  });
  app.shortcut({ callback_id: "hello", type: "shortcut" }, async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form("Shortcut") });
  });
  app.shortcut({ callback_id: "answer", type: "message_action" }, async ({ ack, shortcut, respond }) => {
    await ack();
    await respond(`You chose: ${shortcut.message.text}`);
  });
}

function forms(app) {
  app.options("company", async ({ ack, payload }) => {
    const known = ["Acme 1", "Acme 2", "Bolt"].map((name) => option(name, name));
    await ack({ options: known.filter((one) => one.value.toLowerCase().includes(payload.value.toLowerCase())) });
  });
  app.action("details", async ({ ack, body, client }) => {
    await ack();
    const { id, hash, state } = body.view;
    await client.views.update({ view_id: id, hash, view: withDetails(state.values.name.typed.value) });
  });
  app.view("greeting", async ({ ack, body, view, client }) => {
    const { name, company, when } = view.state.values;
    if (name.typed.value === "Nobody") {
      return ack({ response_action: "errors", errors: { name: "Nobody cannot be greeted" } });
    }
    await ack();
    const parts = [name.typed.value, company.company.selected_option.value, when?.when.selected_date, body.user.name];
    return client.chat.postMessage({ channel: CHANNEL, text: "A greeting", blocks: greeting(parts.join(" / ")) });
  });
  app.view({ callback_id: "greeting", type: "view_closed" }, async ({ ack, client, body }) => {
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: "Another time, then" });
  });
}

function messages(app) {
  app.action("wave", async ({ ack, body, client }) => {
    await ack();
    const blocks = greeting(`<@${body.user.id}> waved`);
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: "Waved", blocks });
  });
  app.action("seen", async ({ ack, body, respond }) => {
    await ack();
    await respond({ replace_original: true, text: "Seen", blocks: greeting(`Seen by <@${body.user.id}>`) });
  });
  app.message(/hello/i, async ({ message, say }) => {
    if (message.channel_type === "im") await say(`You said: ${message.text}`);
  });
  app.event("app_mention", async ({ event, say }) => say({ text: "You called?", thread_ts: event.ts }));
  app.event("app_home_opened", async ({ event, client }) => {
    if (event.tab === "home") await client.views.publish({ user_id: event.user, view: home("Welcome home") });
  });
  app.action("again", async ({ ack, body, client }) => {
    await ack();
    await client.views.publish({ user_id: body.user.id, hash: body.view.hash, view: home("Home again") });
  });
}

async function main() {
  const http = TRANSPORT === "http";
  const app = new App({
    token: SLACK_BOT_TOKEN,
    clientOptions: { slackApiUrl: SLACK_API_URL },
    ...(http ? { signingSecret: SLACK_SIGNING_SECRET } : { socketMode: true, appToken: SLACK_APP_TOKEN }),
  });
  commandsAndShortcuts(app);
  forms(app);
  messages(app);
  const server = await app.start(http ? { host: "127.0.0.1", port: 0 } : undefined);
  const who = await new WebClient(SLACK_BOT_TOKEN, { slackApiUrl: SLACK_API_URL }).auth.test();
  console.log(JSON.stringify({ bot: who.user_id, port: http ? server.address().port : null }));
  process.stdin.resume();
  process.stdin.on("end", () => app.stop().then(() => process.exit(0)));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
