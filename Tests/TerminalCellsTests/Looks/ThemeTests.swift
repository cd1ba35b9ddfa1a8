import TerminalCells
import Testing

@Suite("Looks of meanings") struct ThemeTests {
  private static let themes = ColorDepth.allCases.flatMap { depth in
    Theme.Background.allCases.map { Theme(depth: depth, background: $0) }
  }

  private static let roles: [Role] =
    [
      .text, .dim, .frame, .strong, .title, .training, .test, .extra, .alarm, .calm, .theory,
      .counterfactual,
      .kept, .masked, .selected, .focus, .warning, .error, .key, .background,
    ] + (-1...20).map(Role.classHue) + (-30...30).map { Role.diverging(level: $0) }
    + (-1...40).map { Role.gray(level: $0) }
    + (-1...20).flatMap { hue in (-1...20).map { Role.heat(hue: hue, level: $0) } }
    + (-1...20).flatMap { [Role.lane($0), .lane($0, isQuiet: true)] }
    + [
      .laneCode(255, isQuiet: true), .classCode(255), .heatCode(hue: 255, level: 255),
      .divergingCode(-128), .grayCode(255),
    ]

  @Test("Meanings that stand side by side look different, whatever the colours", arguments: themes)
  func pairs(theme: Theme) {
    let pairs: [(Role, Role)] = [
      (.training, .test), (.test, .extra), (.training, .extra), (.kept, .masked),
      (.selected, .text), (.text, .dim), (.focus, .frame), (.error, .warning), (.extra, .text),
      (.alarm, .calm), (.alarm, .test), (.alarm, .error), (.alarm, .selected),
    ]
    for (one, other) in pairs {
      #expect(theme.pen(for: one) != theme.pen(for: other), "\(one), \(other)")
    }
  }

  @Test("The extra of the test sum looks like nothing else", arguments: themes)
  func extra(theme: Theme) {
    let extra = theme.pen(for: .extra)
    for role in Self.roles where ![.extra, .alarm, .warning].contains(role) {
      #expect(theme.pen(for: role) != extra, "\(role)")
    }
  }

  @Test("No class and no sign has a hue of training, test or the alarm") func hues() {
    for theme in Self.themes where theme.depth != .none {
      let kept = Set([Role.training, .test, .alarm].map { theme.pen(for: $0).foreground })
      let free =
        (0..<Role.classHues).flatMap { hue in
          [Role.classHue(hue)] + (0..<Role.heatLevels).map { Role.heat(hue: hue, level: $0) }
        } + (-12...12).map { Role.diverging(level: $0) }
      for role in free where theme.depth == .colors256 || theme.background == .dark {
        let color = theme.pen(for: role).foreground
        #expect(!kept.contains(color), "\(role)")
        guard theme.depth == .colors256 else { continue }
        let rgb = RGB(paletteIndex: color)
        let (red, green, blue) = (Int(rgb.red), Int(rgb.green), Int(rgb.blue))
        #expect(!(blue > red + 40 && blue > green + 20 && red <= green), "blue: \(role) \(rgb)")
        #expect(!(red > green + 30 && green > blue + 30), "orange: \(role) \(rgb)")
        #expect(!(red > green + 60 && red > blue + 60), "red: \(role) \(rgb)")
      }
    }
  }

  @Test("Every meaning has a pen that the terminal can draw", arguments: themes)
  func everyRole(theme: Theme) {
    let most = theme.depth == .colors256 ? 255 : theme.depth == .colors8 ? 7 : -1
    for role in Self.roles {
      let pen = theme.pen(for: Style(role, on: .test))
      #expect((-1...most).contains(pen.foreground) && (-1...most).contains(pen.background))
    }
  }

  @Test("Classes differ from one another with 256 colours and with 8") func classes() {
    for theme in Self.themes where theme.depth != .none {
      let pens = (0..<Role.classHues).map { theme.pen(for: .classHue($0)) }
      #expect(Set(pens).count == Role.classHues)
      #expect(theme.pen(for: .classHue(Role.classHues)) == pens[0])
      #expect(theme.pen(for: .classHue(-1)) == pens[Role.classHues - 1])
    }
  }

  @Test("Eight runners differ from one another, and from training, test and alarm") func lanes() {
    for theme in Self.themes where theme.depth != .none {
      let pens = (0..<Role.lanes).map { theme.pen(for: .lane($0)) }
      let others = [Role.training, .test, .extra].map { theme.pen(for: $0) }
      #expect(Set(pens + others).count == Role.lanes + others.count)
      #expect(theme.pen(for: .lane(Role.lanes)) == pens[0])
      for lane in 0..<Role.lanes {
        #expect(theme.pen(for: .lane(lane, isQuiet: true)) != pens[lane])
      }
    }
  }

  @Test(
    "Eight runners differ for people with any kind of colour vision",
    arguments: ColorVision.allCases, Theme.Background.allCases)
  func laneVision(vision: ColorVision, background: Theme.Background) {
    let theme = Theme(depth: .colors256, background: background)
    func seen(_ role: Role) -> [Double] {
      vision.lab(RGB(paletteIndex: theme.pen(for: role).foreground))
    }
    let lanes = (0..<Role.lanes).map { seen(.lane($0)) }
    let others = [Role.training, .test].map(seen)
    for (index, lane) in lanes.enumerated() {
      for other in lanes[..<index] + others {
        let squares = zip(lane, other).map { ($0 - $1) * ($0 - $1) }
        #expect(squares.reduce(0, +).squareRoot() >= 14, "\(index), \(vision), \(background)")
      }
    }
  }

  @Test("A quiet runner still stands out from the background", arguments: Theme.Background.allCases)
  func quietContrast(background: Theme.Background) {
    let theme = Theme(depth: .colors256, background: background)
    // Black and white are the backgrounds of most terminals.
    let ground = background == .dark ? 0.0 : 1.0
    for lane in 0..<Role.lanes {
      let color = RGB(paletteIndex: theme.pen(for: .lane(lane, isQuiet: true)).foreground)
      // Its luminance, from the lightness of L*a*b*.
      let lightness = (ColorVision.normal.lab(color)[0] + 16) / 116
      let light = lightness * lightness * lightness
      let contrast = (max(light, ground) + 0.05) / (min(light, ground) + 0.05)
      #expect(contrast >= 3, "\(lane), \(background): \(contrast)")
    }
  }

  @Test("Runners that share a colour where colours are few have lines of another kind")
  func laneDashes() {
    for theme in Self.themes where theme.depth == .colors8 {
      for lane in 0..<Role.lanes {
        for other in 0..<lane {
          let isSame =
            theme.pen(for: .lane(lane)).foreground == theme.pen(for: .lane(other)).foreground
          #expect(
            !isSame || Role.isLaneDashed(lane) != Role.isLaneDashed(other), "\(lane), \(other)")
        }
        // Blue and its neighbour are training's.
        #expect(![4, 6].contains(theme.pen(for: .lane(lane)).foreground))
      }
    }
    #expect(Role.isLaneDashed(Role.lanes + 5) && !Role.isLaneDashed(Role.lanes))
  }

  @Test("A larger signed quantity is never nearer to the background") func signedQuantities() {
    for background in Theme.Background.allCases {
      let theme = Theme(background: background)
      func light(_ level: Int) -> Double {
        let color = Theme.rgb(ofPaletteIndex: theme.pen(for: .diverging(level: level)).foreground)
        return 0.2126 * Double(color.red) + 0.7152 * Double(color.green) + 0.0722
          * Double(color.blue)
      }
      for level in 0..<Role.divergingLevels {
        for (weak, strong) in [(level, level + 1), (-level, -level - 1)] {
          #expect(background == .dark ? light(weak) <= light(strong) : light(weak) >= light(strong))
        }
      }
    }
  }

  @Test("A map has no more shades than ncurses draws fast") func heatLevels() {
    for theme in Self.themes {
      let pens = (0..<Role.heatLevels).map { theme.pen(for: .heat(hue: 0, level: $0)) }
      #expect(Set(pens).count <= 24)
    }
  }

  @Test("A style adds to its role, and reverse twice is none") func styles() {
    let theme = Theme(depth: .colors8)
    #expect(theme.pen(for: Style(.error)).reverse)
    #expect(!theme.pen(for: Style(.error, reverse: true)).reverse)
    let style = Style(.text, on: .test, bold: true, underline: true)
    #expect(
      theme.pen(for: style) == Pen(background: 3, bold: true, underline: true))
  }

  @Test("The nearest colour of the palette to one of its own is itself") func nearest() {
    for index in 16...255 {
      let color = RGB(paletteIndex: index)
      #expect(RGB(paletteIndex: color.nearestPaletteIndex) == color)
    }
    #expect(RGB(paletteIndex: -4) == RGB(0, 0, 0) && RGB(paletteIndex: 999).hex == "#eeeeee")
    #expect(RGB(0, 0, 0).mixed(with: RGB(200, 100, 50), share: 0.5) == RGB(100, 50, 25))
    #expect(RGB(1, 2, 3).mixed(with: RGB(9, 9, 9), share: .nan) == RGB(1, 2, 3))
  }

  @Test("A strength beyond the shades is the strongest, no number the weakest") func shades() {
    let glyphs = GlyphSet.ascii
    #expect(glyphs.shade(-1) == " " && glyphs.shade(.nan) == " " && glyphs.shade(.infinity) == "#")
    #expect(glyphs.marker(ofClass: -1) == "x" && glyphs.marker(ofClass: .min) != "?")
  }
}
