import CleanStage
import PipelineKit
import PipelineTesting
import Testing

/// HTML as the standard says that it is read, also where its makers meant something else.
@Suite("HTML standard")
struct StandardTests {
  @Test(
    "comments end where the standard ends them",
    arguments: [
      ("<!-->text", "text"), ("<!--->text", "text"), ("<!---->text", "text"), ("<!-- a --!>text", "text"),
      ("<!--!>no-->text", "text"), ("<!----!>text", "text"), ("<!-- <!-- no -->text", "text"),
      ("<!-- a -- > b -->text", "text"), ("text<!-- no <p>no", "text"), ("a<!b>c", "ac"), ("a</ b>c", "ac"),
      ("<!--[if IE]><p>no<![endif]-->text", "text"), ("<![if !IE]>text<![endif]>", "text"),
      ("<!--[if !IE]><!--><p>text<!--<![endif]-->", "text"), ("<![CDATA[no>text", "text"),
      ("<script><!--</script>te<!b><?c>xt", "text"),
    ])
  func comments(html: String, expected: String) throws { #expect(try clean(html).text == expected) }

  @Test(
    "a script ends at its end tag, but for one that a script inside its comment hides",
    arguments: [
      ("<script><!--<script></script>no--></script>text", "text"), ("<script><!--</script>text", "text"),
      ("<script>'<!-->' + '<script></script>text", "text"), ("<script><!--<script>--></script>text", "text"),
      ("<script><!--<scripts></script>text", "text"), ("<SCRIPT><!-- <Script ></sCript>no</script >text", "text"),
      ("<style><!--</style>text", "text"), ("<script><!--<script></script>no", ""),
      ("<iframe><p>no</iframe>text", "text"), ("<noframes><p>no</noframes>text", "text"),
      ("<textarea></p>no</textarea>text", "text"),
    ])
  func scripts(html: String, expected: String) throws { #expect(try clean(html).text == expected) }

  @Test(
    "SVG and MathML end at the first tag that can't be theirs",
    arguments: [
      ("<svg><title>no</title><path></svg>text", "text"), ("<p>a<svg><path>no<p>text", "a\n\ntext"),
      ("<svg><![CDATA[ > no <p> ]]></svg>text", "text"), ("<svg/>text", "text"), ("<svg><g></p>text", "text"),
      ("<svg><style>a{}</style></svg>text", "text"), ("<svg><title>no</svg>text", "text"),
      ("<svg><foreignObject><p>no</p></foreignObject></svg>text", "text"), ("<math><mi>x</math>text", "text"),
    ])
  func foreign(html: String, expected: String) throws { #expect(try clean(html).text == expected) }

  @Test(
    "elements are ended by what the standard says, and nothing is shown that is not text",
    arguments: [
      ("one<p>two<div>three</div>four</p>five", "one\n\ntwo\n\nthree\n\nfour\n\nfive"),
      ("<select><option>no<select><p>text</p>", "text"), ("<select><option>no<input><p>text", "text"),
      ("<template><p>no</p></template>text", "text"), ("<head><template><div>no</div></template></head>text", "text"),
      ("<div><template shadowrootmode=open><p>text</p></template></div>", "text"),
      ("<noscript><p>text</p></noscript>", "text"), ("<plaintext><p>a</p> &amp;", "<p>a</p> &amp;"),
      ("<xmp><b>a</b></xmp>b", "<b>a</b>\n\nb"), ("<frameset><frame src=a><noframes><p>no</noframes></frameset>", ""),
      ("<title>The title<p>text", "text"), ("a</p title='>'>b", "a\n\nb"), ("<p a=1 a=2 / = \"x\" 'y'>text", "text"),
      ("<p title='a\">\u{0}te\u{0}xt", "text"),
    ])
  func elements(html: String, expected: String) throws { #expect(try clean(html).text == expected) }

  @Test(
    "an element of XHTML may close itself, and its character data are text",
    arguments: [
      ("<p>a <![CDATA[<b> & c]]></p>", "a <b> & c"), ("<script src='x'/><p>text</p>", "text"),
      ("<title/><div/><p>text</p>", "text"), ("<p>a<![CDATA[ no", "a"),
    ])
  func xhtml(html: String, expected: String) throws { #expect(try clean(html, type: .xhtml).text == expected) }

  @Test(
    "character references are read as browsers read them",
    arguments: [
      ("&#x80;&#150;", "€–"), ("a&#x110000;&#xD800;&#99999999999;&#0;", "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("&#65 &#x41g &#65", "A Ag A"), ("a &#; &#x; &", "a &#; &#x; &"), ("a&amplt;&notit;", "a&lt;¬it;"),
      ("&AMP;&LT;&copy2012", "&<©2012"), ("&Mcy;&ocy;&scy;&kcy;&vcy;&acy;", "Москва"), ("a&emsp13;b&NoBreak;c", "a bc"),
    ])
  func references(html: String, expected: String) throws { #expect(try clean("<p>\(html)").text == expected) }

  @Test(
    "what is nested too deep keeps its blocks and shows no script",
    arguments: ["font", "div", "b", "section", "custom-element"])
  func deep(tag: String) throws {
    let open = String(repeating: "<\(tag)>", count: 600)
    let html =
      "\(open)<p>one</p><script>no</script><p>two<li>three</li><title>no</title><style>no</style><div>four</div>"
    #expect(try clean(html).text == "one\n\ntwo\n\nthree\n\nfour")
  }

  @Test(
    "the mark of a note is kept apart from its word; exponents, formulas and ordinals are not",
    arguments: [
      ("disputed<sup>12</sup>, he", "disputed[12], he"), ("left.<sup>3</sup> The", "left.[3] The"),
      ("Moscow<sup><a href=#n1>3</a></sup> said", "Moscow[3] said"), ("UN<a href=#n1><sup>3</sup></a>", "UN[3]"),
      ("Moscow<a href='#fn4'>4</a> said", "Moscow[4] said"), ("word<sup>[<a href=#n>5</a>]</sup>", "word[5]"),
      ("word<sup>1,2</sup> and", "word[1,2] and"), ("word<sup><a href=#n>a</a></sup> b", "word[a] b"),
      ("40 km<sup>2</sup> of", "40 km2 of"), ("the 20<sup>th</sup> day", "the 20th day"), ("E=mc<sup>2</sup>", "E=mc2"),
      ("10<sup>6</sup> and CO<sub>2</sub>", "106 and CO2"), ("(a+b)<sup>2</sup>", "(a+b)2"),
      ("(NATO)<sup>2</sup>", "(NATO)[2]"), ("Reach<sup>®</sup>", "Reach®"), ("word <sup>7</sup> here", "word 7 here"),
      ("<sup>1</sup>Kern, p. 7", "1 Kern, p. 7"), ("said “no”<sup>8</sup>", "said “no”[8]"),
      ("территория<sup>9</sup>", "территория[9]"), ("5 км<sup>2</sup>", "5 км2"), ("word<sup>2012</sup>", "word2012"),
    ])
  func noteMarks(html: String, expected: String) throws { #expect(try clean("<p>\(html)").text == expected) }
}
