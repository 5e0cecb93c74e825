/// The words that lines of an article's head are made of, by a hash of their small letters: names of months and of
/// days, and labels such as "Published on" in the languages that our readers' sources are written in.
enum HeadWords {
  enum Label {
    case published, modified
    /// Stands before names; some of these words are labels only before a colon.
    case author, authorBeforeColon
    /// Stands before a rubric.
    case filed
    /// Stands before names of those who did not write it.
    case helper
  }

  /// 1 to 12.
  static func month(_ hash: UInt64) -> Int? { months[hash] }
  static func isWeekday(_ hash: UInt64) -> Bool { weekdays.contains(hash) }
  static func label(_ hash: UInt64) -> Label? { labels[hash] }
  /// Stands between day, month, year and time: `11 de marzo de 2014`, `at 10:32`.
  static func joins(_ hash: UInt64) -> Bool { joints.contains(hash) }
  /// Says that the number before it is a year: `2014 г.`
  static func namesYear(_ hash: UInt64) -> Bool { years.contains(hash) }
  /// Stands behind a number that is no date: `3 min read`, `12 comments`.
  static func isCounted(_ hash: UInt64) -> Bool { counted.contains(hash) }

  /// Stands behind the number of an age: `Age: 3 days`.
  static func isUnitOfAge(_ hash: UInt64) -> Bool { unitsOfAge.contains(hash) }

  /// Stands between a name and the place or the paper that it is written for.
  static func isPlaceBefore(_ hash: UInt64) -> Bool { placeBefore.contains(hash) }

  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  @inline(__always) static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01b3
  }
  private static func hash(_ word: some StringProtocol) -> UInt64 { word.utf8.reduce(seed) { add($1, to: $0) } }
  private static func words(_ text: String) -> Set<UInt64> { Set(text.split(separator: " ").map { hash($0) }) }

  /// One row a month; forms as they stand in dates, with the nominative where it differs, and what they are cut to.
  private static let months: [UInt64: Int] = {
    var months: [UInt64: Int] = [:]
    for (index, row) in [
      "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro января январь янв січня січень січ "
        + "ocak oca stycznia styczeń sty januari ianuarie",
      "february feb februar febr février fevrier févr fév febrero febbraio fevereiro fev февраля февраль фев февр "
        + "лютого лютий лют şubat şub subat lutego luty lut februari februarie",
      "march mar märz maerz mär mrz mars marzo março марта март мар березня березень бер mart marca marzec maart "
        + "martie",
      "april apr avril avr abril abr aprile апреля апрель апр квітня квітень квіт nisan nis kwietnia kwiecień kwi "
        + "aprilie",
      "may mai mayo maggio mag maio мая май травня травень трав mayıs mayis maja maj mei",
      "june jun juni juin junio giugno giu junho июня июнь июн червня червень черв haziran haz czerwca czerwiec cze "
        + "iunie",
      "july jul juli juillet juil julio luglio lug julho июля июль июл липня липень лип temmuz tem lipca lipiec iulie",
      "august aug août aout agosto ago августа август авг серпня серпень серп ağustos ağu agustos sierpnia sierpień "
        + "sie augustus",
      "september sep sept septembre septiembre setiembre settembre setembro set сентября сентябрь сен сент вересня "
        + "вересень вер eylül eyl eylul września wrzesień wrz septembrie",
      "october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь окт жовтня жовтень жовт ekim "
        + "eki października październik paź octombrie",
      "november nov novembre noviembre novembro ноября ноябрь ноя нояб листопада листопад лист kasım kas kasim "
        + "listopada listopad lis noiembrie",
      "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro декабря декабрь дек грудня "
        + "грудень груд aralık ara aralik grudnia grudzień gru decembrie",
    ].enumerated() {
      for word in words(row) { months[word] = index + 1 }
    }
    return months
  }()

  private static let weekdays = words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag \
    dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi \
    dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato \
    domenica segunda terça quarta quinta sexta feira понедельник вторник среда четверг пятница суббота воскресенье \
    пн вт ср чт пт сб вс понеділок вівторок середа четвер пʼятниця субота неділя pazartesi salı çarşamba perşembe \
    cuma cumartesi pazar poniedziałek wtorek środa czwartek piątek sobota niedziela maandag dinsdag woensdag \
    donderdag vrijdag zaterdag zondag
    """)
  private static let joints = words("of de del di do da the at um à alle kl в у о о a las le")
  private static let years = words("г гг года р року r roku yılı")
  private static let placeBefore = words("in for at on via from aus für bei à dans en w в из для")
  private static let counted = words(
    "min mins minute minutes minuten comment comments views view shares share likes reads kommentare commentaires")

  private static let unitsOfAge = words(
    "sec secs min mins minute minutes hour hours hrs day days week weeks month months yr yrs year years minuten "
      + "stunde stunden tag tage woche wochen monat monate jahr jahre")

  private static let labels: [UInt64: Label] = {
    var labels: [UInt64: Label] = [:]
    for (label, texts) in [
      (
        Label.published,
        """
        published|published on|published at|published in|first published|first published on|originally published|\
        originally published on|date published|posted|posted on|posted at|date posted|date|publication date|\
        publish date|date of publication|release date|released|released on|issued|issued on|created|created on|on|\
        pub date|veröffentlicht|veröffentlicht am|erschienen am|erstellt am|datum|vom|am|publié|publié le|paru le|\
        mis en ligne le|publicado|publicado el|publicado em|publicada el|fecha|data|pubblicato|pubblicato il|\
        опубликовано|дата публикации|дата|опубліковано|дата публікації|yayınlanma|yayın tarihi|yayınlanma tarihi|\
        giriş tarihi|tarih|opublikowano|data publikacji|dodano|gepubliceerd|gepubliceerd op|publicat|publicat la
        """
      ),
      (
        .modified,
        """
        updated|updated on|updated at|last updated|last updated on|last update|last modified|last modified on|\
        last edited|last edited on|last revised|last reviewed|modified|modified on|revised|revised on|date updated|\
        date modified|article updated|aktualisiert|aktualisiert am|zuletzt aktualisiert|zuletzt aktualisiert am|\
        zuletzt geändert am|letzte aktualisierung|letzte änderung|stand|mis à jour|mis à jour le|modifié le|\
        dernière mise à jour|actualizado|actualizado el|última actualización|atualizado|atualizado em|aggiornato|\
        aggiornato il|ultimo aggiornamento|обновлено|оновлено|güncelleme|güncelleme tarihi|son güncelleme|\
        aktualizacja|zaktualizowano|ostatnia aktualizacja|bijgewerkt op|actualizat
        """
      ),
      (
        .author,
        """
        by|written by|posted by|published by|story by|text by|words by|report by|reported by|authored by|\
        article by|analysis by|opinion by|contributed by|submitted by|von|text von|ein beitrag von|ein artikel von|\
        geschrieben von|verfasst von|par|écrit par|rédigé par|por|escrito por|scritto da|autor|autorin|door
        """
      ),
      (
        .authorBeforeColon,
        "author|authors|author(s)|writer|text|texts|words|story|report|auteur|auteurs|autoren|autore|autori|"
          + "автор|авторы|автори|текст|yazar|yazan|autorzy|autores|written|foto und text"
      ),
      (
        .helper,
        "fact checked by|reviewed by|medically reviewed by|edited by|photos by|photo by|photographs by|translated by|"
          + "illustration by|illustrations by|video by|illustration von|fotos von|foto von|übersetzt von"
      ),
      (.filed, "posted in|filed under|filed in|published in|category|categories|in|topic|topics|section|tags"),
    ] {
      for text in texts.split(separator: "|") { labels[hash(text)] = label }
    }
    return labels
  }()
}
