/// What single words tell of a block: words that running text is made of, and words of the parts around it.
///
/// The lists are general: function words and the vocabulary of page furniture in several languages, the networks named
/// on buttons for sharing among it. None holds a word of a subject.
struct WordKinds: OptionSet {
  let rawValue: UInt16
  static let function = WordKinds(rawValue: 1 << 0)
  static let legal = WordKinds(rawValue: 1 << 1)
  static let social = WordKinds(rawValue: 1 << 2)
  static let account = WordKinds(rawValue: 1 << 3)
  static let time = WordKinds(rawValue: 1 << 4)
  static let reply = WordKinds(rawValue: 1 << 5)
  static let shop = WordKinds(rawValue: 1 << 6)
  static let navigation = WordKinds(rawValue: 1 << 7)
  static let picture = WordKinds(rawValue: 1 << 8)
  static let more = WordKinds(rawValue: 1 << 9)
  static let speaker = WordKinds(rawValue: 1 << 10)
  static let byline = WordKinds(rawValue: 1 << 11)

  static let count = 12

  static func of(_ hash: UInt64) -> WordKinds { table[hash] ?? [] }

  private static let table: WordTable<WordKinds> = {
    var kinds: [UInt64: WordKinds] = [:]
    for (kind, words) in lists {
      for word in words.split(whereSeparator: \.isWhitespace) {
        kinds[Words.hash(of: String(word)), default: []].formUnion(kind)
        // Capitals beyond ASCII are not folded.
        kinds[Words.hash(of: word.prefix(1).uppercased() + word.dropFirst()), default: []].formUnion(kind)
      }
    }
    return WordTable(kinds.map { ($0.key, $0.value) }, none: [])
  }()

  private static let lists: [(WordKinds, String)] = [
    (
      .function,
      """
      the of and to in a is that for it was on with as be by at from this have are not but had his they which or
      an were their has been its who will would can more when there said than into if also about after she he we
      you all one out up no so what could them other some these only then any our over how such because very
      der die das und in zu den von mit ist des auf für nicht ein eine sich als auch es an werden aus er hat dass
      sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr
      durch man sein wurde wenn kann diese ihre ich wir unter gegen dem im
      le la les de des du un une et est en que qui dans pour pas sur par plus au avec ce il sont ne se ou mais
      comme aux son cette ses été elle leur nous vous ont
      el los las y del se por con para una su al lo como más pero sus le ya o fue este ha sí porque esta entre
      cuando muy sin sobre ser tiene también me hasta hay donde
      il di che è non per si con da sono della nel alla più anche ma gli dei dal come
      o os da do em um para é com não uma no na por mais as dos como mas foi ao ele das à seu sua ou ser quando
      i w z na nie się do to że jest po o jak co ale od za przez
      и в не на я что он с как это по но они мы все она так его за был от же для из у бы о до ты ее или при
      та що не на до як це за від він але або про його
      ve bir bu için da de ile olarak çok daha olan gibi en
      het een van en in is dat op te zijn voor met die niet aan
      """
    ),
    (
      .legal,
      """
      privacy terms cookies cookie copyright rights reserved policy disclaimer imprint consent gdpr trademark
      impressum datenschutz agb nutzungsbedingungen mentions légales confidentialité política privacidad
      """
    ),
    (
      .social,
      """
      facebook twitter linkedin whatsapp instagram pinterest youtube telegram reddit tumblr tiktok xing email share
      shares tweet follow teilen folgen partager suivre compartir поделиться mail print drucken imprimer
      """
    ),
    (
      .account,
      """
      newsletter subscribe subscribed subscription sign inbox register login log account password unsubscribe
      abonnieren anmelden abo registrieren inscrivez abonnez suscríbete подписаться donate membership premium trial
      free join
      """
    ),
    (
      .time,
      """
      ago hours hour minutes minute min mins days week weeks posted published updated january february march april
      may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
      monday tuesday wednesday thursday friday saturday sunday am pm uhr januar februar märz mai juni juli oktober
      dezember est edt gmt utc
      """
    ),
    (
      .reply,
      """
      reply replies comment comments respond response commented report flag upvote likes like kommentar kommentare
      antworten commentaire commentaires répondre comentarios responder комментарии thread quote spam moderation
      """
    ),
    (
      .shop,
      """
      price cart buy shipping stock add checkout sale discount delivery returns warenkorb kaufen preis panier acheter
      off save offer deal usd eur order quantity sku wishlist
      """
    ),
    (
      .navigation,
      """
      next previous prev back home menu search top skip close open loading view show hide toggle all page pages
      weiter zurück startseite suche suivant précédent accueil siguiente anterior inicio
      """
    ),
    (
      .picture,
      """
      photo photos image images picture photograph photographer credit courtesy file foto bild
      quelle video gallery illustration source
      """
    ),
    (
      .more,
      """
      read more related see also continue latest popular trending recommended stories articles posts recent mehr
      lesen weitere auch verwandte lire aussi plus leer más далее
      """
    ),
    (.speaker, "i my me you your we our us ich mein du je mon tu vous yo я мы вы"),
    (
      .byline,
      """
      by author authors editor edited written staff writer correspondent reporter von autor redaktion par auteur por
      автор
      """
    ),
  ]
}
