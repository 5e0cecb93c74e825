/// Query parameters that say where a reader came from and never what the page is.
///
/// Only names that one service made for itself are here; `ref`, `source`, `from`, `id` and their like are
/// left alone, since on some sites they choose the page.
enum TrackingParameters {
  /// Whether `parameter`, a piece of a query between two `&`, is one of them. Case does not count.
  static func contain(_ parameter: Substring.UTF8View) -> Bool {
    let name = parameter.prefix { $0 != UInt8(ascii: "=") }
    // No name below is shorter; most parameters of the web are `id` or `p`.
    guard name.count > 2 else { return false }
    let lower = String(decoding: name.map(lowercased), as: UTF8.self)
    return names.contains(lower) || prefixes.contains { lower.hasPrefix($0) }
  }

  private static let prefixes = [
    "utm_",  // Google Analytics (Urchin), campaign parameters
    "mtm_",  // Matomo, campaign parameters
    "matomo_",  // Matomo, the same under its own name
    "piwik_",  // Matomo under its former name
    "at_recipient_",  // Piano Analytics (AT Internet), recipients of a newsletter
  ]

  private static let names: Set<String> = [
    // Google Ads, Campaign Manager and Analytics: clicks, and visitors handed from one domain to another
    "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl",
    // Meta: clicks and shares on Facebook and Instagram
    "fbclid", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "igshid", "igsh",
    // Microsoft Advertising
    "msclkid",
    // Twitter (X), TikTok, LinkedIn, Pinterest, Reddit, Snapchat: clicks on advertisements
    "twclid", "__twitter_impression", "ttclid", "li_fat_id", "epik", "rdt_cid", "sccid",
    // Yandex: Direct, Search and the open statistics of several Russian services
    "yclid", "ysclid", "_openstat",
    // Mailchimp: campaign and reader of a newsletter
    "mc_cid", "mc_eid",
    // HubSpot: mail, visitor cookies carried across domains
    "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking",
    // Marketo, Vero, Drip, Omeda (Olytics), Klaviyo, ActiveCampaign, Bronto: readers of newsletters
    "mkt_tok", "vero_id", "vero_conv", "__s", "oly_anon_id", "oly_enc_id", "_kx", "vgo_ee", "_bta_tid", "_bta_c",
    // Adobe Analytics and Advertising Cloud
    "s_kwcid", "ef_id",
    // Matomo, the short names
    "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid",
    // Piano Analytics (AT Internet), as on the BBC and French papers
    "xtor", "at_campaign", "at_medium", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "at_format",
    "at_link_id", "at_link_type", "at_link_origin", "at_bbc_team", "at_ptr_name", "at_campaign_type",
    // comScore (Nedstat), as on the BBC
    "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee",
    // Mapp (Webtrekk), as on German papers
    "wt_mc", "wt_zmc", "wt.mc_id",
    // Yahoo: consent pages that send the reader on
    "guccounter", "guce_referrer", "guce_referrer_sig",
    // Branch: links into apps
    "_branch_match_id", "_branch_referrer",
    // Affiliate networks: Impact, Awin (Zanox), Rakuten, Wicked Reports
    "irclickid", "zanpid", "ranmid", "raneaid", "ransiteid", "wickedid",
  ]
}
