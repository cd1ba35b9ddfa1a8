import Charts
import TerminalCells
import Testing

@Suite("A picture that moves") struct MovingPictureTests {
  private static let timing = FrameTiming(frame: 200, last: 1000)

  private func picture(_ frames: [CellBuffer]) -> String {
    var picture = MovingPicture(theme: Theme())
    for frame in frames { picture.append(frame) }
    return picture.svg(title: "a <film>", timing: MovingPictureTests.timing)
  }

  /// Screens of which each differs from the one before it in some random cells.
  private func randomFrames(
    count: Int, width: Int, height: Int, seed: UInt32
  ) -> [CellBuffer] {
    var state = seed
    func draw(_ bound: Int) -> Int {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int(state >> 8) % bound
    }
    let texts: [String] = [
      "a", "12.5", " ", "   ", "█", "▄▄▄", "▀", "▂▅▇", "▍▐", "⣿⠁", "⡇", "░▒▓", "漢", "漢字 x", "──┐",
      "<&>", "😀", "é",
    ]
    let styles: [Style] = [
      .plain, Style(.test), Style(.extra, on: .test), Style(.text, bold: true),
      Style(.dim, underline: true), Style(.training, reverse: true),
    ]
    var buffer = CellBuffer(width: width, height: height)
    return (0..<count).map { _ in
      for _ in 0..<draw(12) {
        buffer.write(
          texts[draw(texts.count)], x: draw(width), y: draw(height),
          style: styles[draw(styles.count)])
      }
      return buffer
    }
  }

  @Test("Each frame shows what that screen alone would show", arguments: 1...12)
  func frames(seed: UInt32) {
    let frames = randomFrames(count: 10, width: 24, height: 4, seed: seed)
    let document = picture(frames)
    for (index, frame) in frames.enumerated() {
      let played = PicturePlayer(document, to: index)
      let alone = PicturePlayer(picture([frame]))
      #expect(played.error == nil && alone.error == nil)
      #expect(played.scene == alone.scene, "frame \(index)")
    }
  }

  @Test("A frame alone has the characters and colours of its cells") func cells() {
    let theme = Theme()
    var buffer = CellBuffer(width: 8, height: 2)
    buffer.write("ab", x: 1, y: 0, style: Style(.test))
    buffer.write("▄", x: 4, y: 1, style: Style(.extra))
    buffer.write("⠈", x: 6, y: 1, style: Style(.training))
    let scene = PicturePlayer(picture([buffer])).scene
    func hex(_ role: Role) -> String {
      CellColor.hex(role, theme: theme)
    }
    #expect(
      scene.characters == [
        .init(x: 1, y: 0): "a \(hex(.test))", .init(x: 2, y: 0): "b \(hex(.test))",
      ])
    // The dot of ⠈ is the upper right one, the block of ▄ the lower half.
    #expect(scene.dots == [.init(x: 13, y: 4): hex(.training)])
    for y in 0..<32 {
      for x in 0..<64 {
        let isBlock = (32..<40).contains(x) && (24..<32).contains(y)
        #expect(
          scene.areas[y * 64 + x] == (isBlock ? hex(.extra) : theme.defaultColors.background.hex))
      }
    }
  }

  @Test("Frames appear in order, each at its time") func order() {
    let frames = (0..<5).map { index in
      var buffer = CellBuffer(width: 4, height: 1)
      buffer.write("\(index)", x: 0, y: 0)
      return buffer
    }
    let player = PicturePlayer(picture(frames))
    #expect(player.frames == [0, 1, 2, 3, 4])
    // Four frames of 200 ms and one of 1000 ms.
    for index in 1...4 {
      #expect(abs((player.moments[index] ?? -1) - Double(index) * 200 / 18) < 0.0001)
    }
    #expect(picture(frames).contains("1800ms step-end infinite"))
  }

  @Test("A frame that changes nothing takes no room, and the others keep their time")
  func still() {
    var buffer = CellBuffer(width: 4, height: 1)
    let blank = buffer
    buffer.write("x", x: 0, y: 0)
    let player = PicturePlayer(picture([blank, blank, buffer, buffer]))
    #expect(player.frames == [0, 2])
    #expect(abs((player.moments[2] ?? -1) - 25) < 0.0001)
    #expect(!picture([buffer, buffer]).contains("keyframes"))
  }

  @Test("A picture of no screen is a document too") func empty() {
    let player = PicturePlayer(picture([]))
    #expect(player.error == nil && player.frames == [0] && player.scene.areas.isEmpty)
  }

  @Test("Only the cells that changed are drawn again") func changes() {
    var buffer = CellBuffer(width: 200, height: 50)
    buffer.fill(with: Cell("x"))
    var frames = [buffer]
    for column in 1...20 {
      buffer.write("o", x: column * 9, y: column)
      frames.append(buffer)
    }
    let alone = picture([frames[0]]).utf8.count
    #expect(picture(frames).utf8.count < alone + 20 * 400)
  }

  @Test("Where motion is not wanted, or not known, the first frame stands") func motion() throws {
    let frames = randomFrames(count: 6, width: 20, height: 3, seed: 5)
    let lines = picture(frames).split(separator: "\n")
    let query = try #require(
      lines.firstIndex { $0 == "@media (prefers-reduced-motion:no-preference){" })
    let end = try #require(lines[query...].firstIndex { $0 == "}" })
    for (index, line) in lines.enumerated() where line.contains("animation") {
      #expect((query...end).contains(index), "\(line)")
    }
    #expect(lines.contains(".f{visibility:hidden}"))
  }

  @Test("It has no script and asks for nothing from elsewhere") func selfContained() throws {
    let player = PicturePlayer(picture(randomFrames(count: 6, width: 20, height: 3, seed: 9)))
    #expect(player.elements.isSubset(of: ["svg", "title", "style", "rect", "g", "path", "text"]))
    #expect(!player.values.contains { $0.contains("url(") || $0.contains("://") })
  }
}

/// The colours of a theme, as a document writes them.
enum CellColor {
  /// The colour of a role on the plain background.
  static func hex(_ role: Role, theme: Theme) -> String {
    Theme.rgb(ofPaletteIndex: theme.pen(for: Style(role)).foreground).hex
  }
}
