/** Slack's short names for the emoji that support teams use; an unknown name stays as written. */
const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|wave 👋|clap 👏|pray 🙏|raised_hands 🙌|handshake 🤝|muscle 💪|eyes 👀
point_right 👉|point_left 👈|point_up ☝️|point_down 👇|raised_hand ✋|raising_hand 🙋|bow 🙇|writing_hand ✍️|v ✌️
smile 😄|grinning 😀|slightly_smiling_face 🙂|blush 😊|wink 😉|joy 😂|sweat_smile 😅|thinking_face 🤔|neutral_face 😐|relieved 😌
cry 😢|sob 😭|angry 😠|rage 😡|scream 😱|sweat 😓|disappointed 😞|worried 😟|confused 😕|fearful 😨|exploding_head 🤯|sleeping 😴
heart ❤️|broken_heart 💔|yellow_heart 💛|green_heart 💚|blue_heart 💙|sparkles ✨|star ⭐|tada 🎉|fire 🔥|boom 💥|100 💯|zap ⚡
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|no_entry ⛔|no_entry_sign 🚫
warning ⚠️|rotating_light 🚨|exclamation ❗|heavy_exclamation_mark ❗|question ❓|grey_question ❔|bangbang ‼️|information_source ℹ️
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣
white_circle ⚪|black_circle ⚫|large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩
white_large_square ⬜|black_large_square ⬛|small_orange_diamond 🔸|small_blue_diamond 🔹|small_red_triangle 🔺
calendar 📅|date 📅|spiral_calendar_pad 🗓️|clock3 🕒|hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️
bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|left_speech_bubble 🗨️|thought_balloon 💭|envelope ✉️|email 📧|inbox_tray 📥
outbox_tray 📤|phone ☎️|telephone_receiver 📞|iphone 📱|computer 💻|desktop_computer 🖥️|printer 🖨️|floppy_disk 💾|electric_plug 🔌
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|page_with_curl 📃|bookmark_tabs 📑|file_folder 📁|open_file_folder 📂
card_index_dividers 🗂️|paperclip 📎|pushpin 📌|round_pushpin 📍|link 🔗|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|closed_lock_with_key 🔐
key 🔑|shield 🛡️|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|gear ⚙️|toolbox 🧰|bulb 💡|battery 🔋|satellite 🛰️|globe_with_meridians 🌐
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|money_with_wings 💸|credit_card 💳|dollar 💵|receipt 🧾
handbag 👜|briefcase 💼|package 📦|truck 🚚|gift 🎁|trophy 🏆|dart 🎯|label 🏷️|ticket 🎫|scales ⚖️|straight_ruler 📏|triangular_ruler 📐
office 🏢|factory 🏭|hospital 🏥|house 🏠|bank 🏦|convenience_store 🏪|hotel 🏨|school 🏫|bust_in_silhouette 👤|busts_in_silhouette 👥
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|arrows_counterclockwise 🔄|repeat 🔁|back 🔙|soon 🔜|new 🆕
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|sos 🆘|ok 🆗|up 🆙|free 🆓
robot_face 🤖|ghost 👻|see_no_evil 🙈|seedling 🌱|herb 🌿|sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|coffee ☕|tea 🍵|beer 🍺|rocket 🚀
ambulance 🚑|fire_engine 🚒|police_car 🚓|construction 🚧|vertical_traffic_light 🚦|triangular_flag_on_post 🚩|white_flag 🏳️|flag-tw 🇹🇼|flag-cn 🇨🇳
`;

const EMOJI = new Map(TABLE.trim().split(/[|\n]/).map((entry) => entry.split(" ")));

/** The character of a short name, or null. Skin-tone suffixes are ignored. */
export function emoji(name) {
  return EMOJI.get(name.split("::")[0]) ?? null;
}

/** Replaces `:name:` in plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (code, name) => emoji(name) ?? code);
}
