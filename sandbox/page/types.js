/**
 * The shapes that travel between the page and the sandbox. Types only: nothing here runs.
 *
 * @typedef {Record<string, any>} Json
 * @typedef {{id: string, name: string, real_name?: string, tz?: string, deleted?: boolean, is_bot?: boolean,
 *   is_restricted?: boolean, is_ultra_restricted?: boolean, is_stranger?: boolean, elsewhere?: string, role_hint?: string, color?: string,
 *   profile?: {real_name?: string, display_name?: string, title?: string}}} User
 * @typedef {{id: string, handle: string, name: string, users: string[]}} UserGroup
 * @typedef {{title: string, text: string, as?: string, channel?: string, tab?: "home" | "messages",
 *   say?: string, until?: Until[]}} TourStep
 * @typedef {{words: string, command?: string, submit?: string, press?: string, open?: string}} Until
 * @typedef {{command: string, description: string, usage_hint?: string}} Command
 * @typedef {{type: "global" | "message", name: string, callback_id: string, description: string}} Shortcut
 * @typedef {{id: string, name: string, description: string, bot_user_id: string, bot_id: string, home_tab: boolean,
 *   messages_tab: boolean, writable?: boolean, connected: boolean, commands: Command[], shortcuts: Shortcut[],
 *   steps: Step[]}} App
 * @typedef {{name: string, type: string, title?: string, description?: string, is_required?: boolean}} StepParameter
 * @typedef {{callback_id: string, title: string, description: string, inputs: StepParameter[],
 *   outputs: StepParameter[]}} Step
 * @typedef {{id: string, name: string, is_im: boolean, is_private: boolean, is_archived: boolean, is_member: boolean,
 *   user?: string, topic?: any, num_members?: number, shared_with?: string[],
 *   unread: number}} Channel
 * @typedef {{ts: string, user?: string, bot_id?: string, text?: string, blocks?: Json[], attachments?: Json[], files?: Json[],
 *   edited?: Json, subtype?: string, thread_ts?: string, reply_count?: number, is_ephemeral?: boolean,
 *   mrkdwn?: boolean, username?: string, local?: boolean, latest_reply?: string, reply_users?: string[],
 *   reactions?: {name: string, users: string[], count: number}[]}} Message
 * @typedef {{id: string, type: string, app_id?: string, callback_id?: string, title?: Json, submit?: Json, close?: Json, blocks: Json[],
 *   notify_on_close?: boolean, submit_disabled?: boolean,
 *   state?: {values?: Record<string, Record<string, Json>>}}} View
 * @typedef {{number: number, at: string, direction: "in" | "out", name: string, ok: boolean, error?: string | null,
 *   ms?: number, kind?: string | null, retry?: number, why?: string | null, detail?: any}} Call
 * @typedef {{kind: "channel", id: string, thread?: string, at?: string} | {kind: "app", id: string, tab: "home" | "messages"}} Place
 */
export {};
