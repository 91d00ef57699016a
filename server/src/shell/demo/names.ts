/** Words that partners of the sample program are named after. All of them are made up. */
export const BRAND_FIRST = [
  "Alder", "Amber", "Argo", "Atlas", "Basalt", "Beacon", "Birch", "Blue Heron", "Brisa", "Candela", "Cedar", "Cinder", "Citrine", "Cobalt",
  "Condor", "Coral", "Delta", "Drift", "Ember", "Estuary", "Falcon", "Fjord", "Flint", "Garnet", "Granite", "Harbor", "Hazel", "Helio",
  "Indigo", "Iris", "Jasper", "Juniper", "Kestrel", "Lark", "Lumen", "Lynx", "Maple", "Meridian", "Mistral", "Nimbus", "Norte", "Oak", "Onyx",
  "Orbit", "Osprey", "Palma", "Pampa", "Pine", "Polar", "Quartz", "Raven", "Reef", "Rio", "Sable", "Sierra", "Solano", "Summit", "Tidal",
  "Topaz", "Umbra", "Vela", "Verde", "Willow", "Zephyr",
] as const; // biome-ignore format: a list of words

/** What comes after the first word, by kind of partner. */
export const BRAND_LAST = {
  affiliate: ["Reviews", "Guide", "Compare", "Digest", "Insider", "Portal", "Daily", "Picks"],
  introducing_broker: ["Capital Partners", "Markets", "Trading Desk", "Advisory", "Brokers", "FX House"],
  network: ["Network", "Affiliates", "Media Network", "Performance"],
  influencer: ["Live", "TV", "Talks", "Stream"],
  reseller: ["Systems", "Consulting", "Cloud", "Integrators"],
  media_buyer: ["Media", "Ads", "Traffic", "Growth"],
  agency: ["Agency", "Digital", "Studio"],
} as const;

export const PEOPLE = [
  "Ana Prieto", "Ben Okafor", "Carla Rossi", "Daniel Weiss", "Elena Duarte", "Farid Haddad", "Grace Lim", "Hugo Martin", "Ines Carvalho",
  "Jonas Berg", "Katya Orlova", "Liam Walsh", "Mei Tanaka", "Nadia Rahman", "Oscar Ruiz", "Petra Novak", "Quentin Laurent", "Rosa Jimenez",
  "Samir Patel", "Tessa de Vries", "Umut Kaya", "Vera Lind", "Wei Chen", "Ximena Soto", "Yusuf Demir", "Zoe Papadaki",
] as const; // biome-ignore format: a list of names

/** Browsers that the sample traffic comes with, by how common they are. */
export const USER_AGENTS: readonly (readonly [string, number])[] = [
  [
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    30,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    24,
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    20,
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    6,
  ],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", 5],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    5,
  ],
  [
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    3,
  ],
  [
    "Mozilla/5.0 (Linux; Android 13; Redmi Note 12) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
    6,
  ],
  [
    "Mozilla/5.0 (Linux; Android 12; SAMSUNG SM-T505) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36",
    1,
  ],
];

export const BOT_AGENTS = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "curl/8.5.0",
] as const;
