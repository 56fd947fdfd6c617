/** The emoji names that workplace apps use most. An unknown name stays as it was typed. */

const NAMES = `
smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 blush 😊 joy 😂 wink 😉 heart_eyes 😍 thinking_face 🤔
sweat_smile 😅 sob 😭 cry 😢 slightly_frowning_face 🙁 neutral_face 😐 open_mouth 😮 sunglasses 😎 partying_face 🥳
star-struck 🤩 hugging_face 🤗 sleeping 😴 zzz 💤 see_no_evil 🙈 robot_face 🤖 wave 👋 clap 👏 pray 🙏 muscle 💪
raised_hands 🙌 handshake 🤝 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 ok_hand 👌 v ✌️ eyes 👀
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 raising_hand 🙋 bow 🙇 writing_hand ✍️ brain 🧠 speech_balloon 💬
thought_balloon 💭 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 sparkling_heart 💖
broken_heart 💔 star ⭐ star2 🌟 sparkles ✨ fire 🔥 boom 💥 100 💯 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁
trophy 🏆 medal 🏅 sports_medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 crown 👑 gem 💎
rocket 🚀 dart 🎯 bulb 💡 zap ⚡ bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 lock 🔒 unlock 🔓 key 🔑 shield 🛡️
warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 x ❌ white_check_mark ✅ heavy_check_mark ✔️
ballot_box_with_check ☑️ heavy_plus_sign ➕ heavy_minus_sign ➖ question ❓ grey_question ❔ exclamation ❗
grey_exclamation ❕ bangbang ‼️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_green_square 🟩
large_yellow_square 🟨 large_red_square 🟥 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛
arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_lower_right ↘️
arrows_counterclockwise 🔄 repeat 🔁 fast_forward ⏩ rewind ⏪ hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰
clock1 🕐 stopwatch ⏱️ timer_clock ⏲️ calendar 📆 date 📅 spiral_calendar_pad 🗓️ memo 📝 pencil ✏️ pencil2 ✏️
clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 bookmark 🔖 books 📚 book 📖 open_book 📖 page_facing_up 📄
file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ package 📦 inbox_tray 📥 outbox_tray 📤 email 📧
envelope ✉️ incoming_envelope 📨 mailbox 📫 telephone_receiver 📞 phone ☎️ iphone 📱 computer 💻 desktop_computer 🖥️
movie_camera 🎥 video_camera 📹 camera 📷 microphone 🎤 studio_microphone 🎙️ headphones 🎧 mag 🔍 mag_right 🔎
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 moneybag 💰 dollar 💵 credit_card 💳 receipt 🧾
briefcase 💼 office 🏢 house 🏠 factory 🏭 bank 🏦 hospital 🏥 school 🏫 globe_with_meridians 🌐 earth_africa 🌍
earth_americas 🌎 earth_asia 🌏 world_map 🗺️ airplane ✈️ gear ⚙️ wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ toolbox 🧰
test_tube 🧪 seedling 🌱 herb 🌿 evergreen_tree 🌲 deciduous_tree 🌳 four_leaf_clover 🍀 cactus 🌵 sunflower 🌻 tulip 🌷
bouquet 💐 sunny ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ rainbow 🌈 ocean 🌊 crescent_moon 🌙
coffee ☕ tea 🍵 beers 🍻 clinking_glasses 🥂 birthday 🎂 cake 🍰 pizza 🍕 apple 🍎 cherry_blossom 🌸
bust_in_silhouette 👤 busts_in_silhouette 👥 family 👪 detective 🕵️ technologist 🧑‍💻 office_worker 🧑‍💼 adult 🧑
recycle ♻️ infinity ♾️ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟
checkered_flag 🏁 triangular_flag_on_post 🚩 label 🏷️ ticket 🎫 battery 🔋 compass 🧭 balance_scale ⚖️ scales ⚖️
mountain 🏔️ umbrella ☔ lightning ⚡ thermometer 🌡️ jigsaw 🧩 new 🆕 free 🆓 up 🆙 ok 🆗 sos 🆘 information_source ℹ️
`;

/** @type {Map<string, string>} */
const table = new Map();
const words = NAMES.trim().split(/\s+/);
for (let index = 0; index + 1 < words.length; index += 2) table.set(words[index], words[index + 1]);

/** What people at work react with most. */
const USUAL = `+1 white_check_mark eyes raised_hands tada heart pray clap fire 100 rocket joy thinking_face wave handshake
 star`.split(/\s+/);

/** @param {string} query a part of a name @returns {string[]} names: the usual ones first, else those that begin with it */
export function findEmoji(query) {
  const part = query.trim().toLowerCase().replace(/[:\s]+/g, "_").replace(/^_|_$/g, "");
  const all = [...new Set([...USUAL, ...table.keys()])];
  if (!part) return all;
  const fits = all.filter((name) => name.includes(part));
  return fits.sort((a, b) => Number(b.startsWith(part)) - Number(a.startsWith(part)));
}

/** @param {string} name without colons @returns {string | undefined} */
export function emoji(name) {
  return table.get(name.replace(/::skin-tone-\d$/, ""));
}

/** Replaces :names: in plain text. @param {string} text */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) || whole);
}
