/** What each finding is called, where to look and what to change. `{name}` stands for a value of the finding. */
export const FINDING_WORDS_EN = {
  loop: [
    "The chain goes in circles",
    "{host}",
    "{host} sends the visitor back to {next}, where it had been. Remove one of the two redirects.",
  ],
  too_many_hops: [
    "More redirects than a browser follows",
    "{host}",
    "The chain was left after {hops} hops. Link straight to the page that is meant.",
  ],
  too_slow: [
    "The chain takes too long",
    "{host}",
    "The visitor would have left. Take out redirects, or ask {host} why it is slow.",
  ],
  many_hops: [
    "A long chain",
    "the whole chain",
    "{hops} redirects cost visitors and lose parameters. Link straight to the page where you can.",
  ],
  own_link_missing: [
    "The chain never passes a tracking link",
    "the start address",
    "Nothing here would be counted. Put the tracking link into the advertisement or the tracker that stands in front.",
  ],
  country_blocked: [
    "This country is not served",
    "the offer's countries",
    "A visitor from {country} is sent to the fallback and is not counted. Allow {country} in the offer, or do not advertise there.",
  ],
  targeting: [
    "The offer's targeting turns this visitor away",
    "the offer's targeting",
    "Change the targeting of the offer, or send it only visitors whom it takes (here: from {country}).",
  ],
  not_counted: [
    "The click would not count: {verdict}",
    "the link, its offer, program or partner",
    "Set what is paused to active, or use another link. The verdict says what it is: {verdict}.",
  ],
  no_click: [
    "The tracking link made no click",
    "the server in front of Tributary",
    "The answer carries no click of this test. Let the proxy pass the header x-tributary-test and the answer as it is.",
  ],
  cookie_missing: [
    "The click's cookie was not set",
    "the server in front of {host}",
    "Returning visitors will not be recognised. Let the proxy in front of {host} pass Set-Cookie.",
  ],
  cookie_refused: [
    "A browser refuses the click's cookie",
    "the server in front of {host}",
    "{name} is marked Secure on a plain http address. Serve {host} by https.",
  ],
  insecure_hop: [
    "From https to http",
    "{before}",
    "{before} leads to http://{host}. Referrer and secure cookies are lost and browsers warn. Change the address there to https.",
  ],
  insecure_landing: [
    "The page is served without encryption",
    "{host}",
    "Serve {host} by https and put that address into the offer.",
  ],
  soft_redirect: [
    "A page in between sends the visitor on by itself ({via})",
    "{before}",
    "Such hops lose visitors and are not followed by everybody. Let {before} answer with a 302 redirect.",
  ],
  script_unread: [
    "A script on {host} sends the visitor on, and works out where to",
    "{host}",
    "The test ends here. Open the link in a browser and look whether the click ID arrives, or let {host} answer with a 302 redirect.",
  ],
  slow_hop: ["{host} is slow", "{host}", "It took {milliseconds} ms. Every second costs visitors."],
  hop_refused: [
    "The chain leads to an address that may not be visited",
    "{before}",
    "{problem}. Put a public address there; an operator may allow its own staging hosts (TRIBUTARY_LINK_TEST_PRIVATE_HOSTS).",
  ],
  hop_timeout: [
    "{host} does not answer",
    "{host}",
    "{problem}. Check the server, or the address that {before} sends to.",
  ],
  hop_certificate: [
    "The certificate of {host} is not accepted",
    "{host}",
    "Browsers show a warning instead of the page ({problem}). Renew or correct the certificate.",
  ],
  hop_unknown_host: [
    "The name {host} does not exist",
    "{before}",
    "Correct the address that {before} sends to, or the name server's entry for {host}.",
  ],
  hop_unreachable: [
    "{host} cannot be reached",
    "{host}",
    "{problem}. Check the server, or the address that {before} sends to.",
  ],
  not_a_link: [
    "The chain leads to something that is no web address",
    "{before}",
    "{problem}. A web browser ends here: use an https address.",
  ],
  geography_refused: [
    "The page is not shown in this country",
    "{host}",
    "{host} answers 451. This test comes from the server's own address, so the country is the server's: check with {host} which countries it serves.",
  ],
  page_forbidden: [
    "The page refused this visitor",
    "{host}",
    "{host} answers 403: it blocks this country, this browser or servers altogether. Ask it to let the test's address in, and check its country rules.",
  ],
  landing_error: [
    "The page answers with an error: {status}",
    "{host}",
    "Correct the landing page, or the address in the offer or link.",
  ],
  redirect_without_target: [
    "A redirect that leads nowhere",
    "{host}",
    "{host} answers {status} without a usable Location. Correct the redirect there.",
  ],
  macro_in_link: [
    "{macro} stands in the link",
    "the advertisement or tracker in front",
    "Whoever places the link has to fill {macro}. If nobody does, take it out: it is stored as it stands.",
  ],
  wrong_brackets: [
    "{macro} is written in other brackets than here",
    "the landing page of the offer or link",
    "Write {ours} in place of {macro}.",
  ],
  unknown_macro: [
    "{macro} is no macro of Tributary",
    "the landing page of the offer or link",
    "It arrives at {host} as text. Use one of the macros of the set-up sheet, or take it out.",
  ],
  unfilled_macro: [
    "{macro} was not filled",
    "{before}",
    "{before} hands {macro} on as text. Write it the way that system fills it, or take it out.",
  ],
  click_id_lost: [
    "The click ID is lost",
    "{host}",
    "{host} sends the visitor on to {next} without the click ID. Let it hand its query on, or add the parameter to its redirect.",
  ],
  click_id_case: [
    "The click ID changes its letters",
    "{host}",
    "{host} changes capital and small letters. Tributary still reads it; other systems in the chain may not. Hand the query on as it is.",
  ],
  click_id_cut: [
    "The click ID is cut",
    "{host}",
    "{host} hands on only the beginning. The field is too short: 45 letters are needed.",
  ],
  click_id_in_cookie: [
    "The click ID is kept in a cookie",
    "{host}",
    "It leaves the address at {host}, which keeps it in a cookie. Make sure that the conversion is sent with it.",
  ],
  sub_id_lost: [
    "{name} is lost",
    "{host}",
    "{host} sends the visitor on to {next} without {name}. Let it hand its query on.",
  ],
  sub_id_case: [
    "{name} changes its letters",
    "{host}",
    "{host} changes capital and small letters, so values will not match the partner's reports. Hand the query on as it is.",
  ],
  sub_id_cut: [
    "{name} is cut",
    "{host}",
    "{host} hands on only the beginning of {name}. Make the field longer, or send shorter values.",
  ],
  double_encoded: [
    "{name} is encoded twice",
    "{host}",
    "{host} encodes a value that was encoded already: %20 becomes %2520. Encode it once.",
  ],
  parameter_twice: [
    "{parameter} comes twice with different values",
    "{host}",
    "Systems take the first or the last. Take out the second one.",
  ],
  not_handed_on: [
    "Not every parameter is handed on to the page",
    "the landing page of the offer",
    "If the page needs them, add these macros to its address: {names}",
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, where: string, change: string]>>;

export type FindingCode = keyof typeof FINDING_WORDS_EN;
