internal import TextScanning

/// The state of a host by its last label: `www.government.ru`.
///
/// Labels that are sold to anyone in the world (`.tv`, `.me`, `.io`, `.co`, `.ai`, `.fm`, `.to`, `.su`) say nothing.
enum CountryDomain {
  /// ISO 3166-1 alpha-3, or nil for other domains.
  static func country(ofHost host: String) -> String? {
    let label = host.utf8.reversed().prefix { $0 != UInt8(ascii: ".") }
    guard label.count == 2 else { return nil }
    let key = String(decoding: label.reversed().map(\.asciiLowercased), as: UTF8.self)
    return states[key]
  }

  private static let states: [String: String] = {
    let pairs = list.split(whereSeparator: \.isWhitespace).map { $0.split(separator: "=").map(String.init) }
    return Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
  }()

  private static let list = """
    ae=ARE af=AFG al=ALB am=ARM ar=ARG at=AUT au=AUS az=AZE ba=BIH bd=BGD be=BEL bg=BGR bh=BHR br=BRA by=BLR ca=CAN
    ch=CHE cl=CHL cn=CHN cu=CUB cy=CYP cz=CZE de=DEU dk=DNK dz=DZA ee=EST eg=EGY es=ESP et=ETH fi=FIN fr=FRA gb=GBR
    ge=GEO gr=GRC hk=HKG hr=HRV hu=HUN id=IDN ie=IRL il=ISR in=IND iq=IRQ ir=IRN is=ISL it=ITA jo=JOR jp=JPN ke=KEN
    kg=KGZ kh=KHM kp=PRK kr=KOR kw=KWT kz=KAZ lb=LBN lk=LKA lt=LTU lu=LUX lv=LVA ma=MAR md=MDA mk=MKD mm=MMR mn=MNG
    mt=MLT mx=MEX my=MYS ng=NGA nl=NLD no=NOR np=NPL nz=NZL om=OMN pe=PER ph=PHL pk=PAK pl=POL ps=PSE pt=PRT qa=QAT
    ro=ROU rs=SRB ru=RUS sa=SAU sd=SDN se=SWE sg=SGP si=SVN sk=SVK sy=SYR th=THA tj=TJK tm=TKM tn=TUN tr=TUR tw=TWN
    ua=UKR uk=GBR us=USA uy=URY uz=UZB ve=VEN vn=VNM ye=YEM za=ZAF
    """
}
