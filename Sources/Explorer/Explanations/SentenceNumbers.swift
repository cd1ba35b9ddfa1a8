import TerminalCells

/// The numbers of the sentence, to be asked about: each is the place at which the same number
/// stands on the screen; one that stands nowhere else is the sentence's own.
enum SentenceNumbers {
  /// A number of the sentence.
  private struct Number {
    /// Its digits, with sign and multiple: `3.04`, `82 %`, `2.00x`.
    var text: String
    /// Its cells.
    var area: Rect
  }

  /// Finds the numbers in the cells of the sentence.
  static func regions(
    _ map: HitMap, in area: Rect, on buffer: CellBuffer
  ) -> [HitRegion] {
    let hero = map.places.first { $0.place == .hero }
    let start = hero.map { $0.area.maxX + 1 } ?? area.x
    let known = places(map, on: buffer)
    return (area.y..<area.maxY).flatMap { y -> [HitRegion] in
      numbers(in: Rect(x: start, y: y, width: area.maxX - start, height: 1), on: buffer)
        .enumerated()
        .map { index, number in
          let own = ScreenPlace(name: ScreenPlace.sentence.name, row: 100 * (y - area.y) + index)
          return HitRegion(area: number.area, target: .place(known[number.text] ?? own))
        }
    }
  }

  /// The places of the panels by the number that stands there; of equal numbers the first one.
  private static func places(_ map: HitMap, on buffer: CellBuffer) -> [String: ScreenPlace] {
    var known: [String: ScreenPlace] = [:]
    for (place, area) in map.places where place.panel != nil && area.height == 1 {
      guard !place.name.isEmpty else { continue }
      let text = buffer.text(x: area.x, y: area.y, columns: area.width).trimmed
      // A whole number, such as a count, is found in places that have nothing to do with it.
      guard text.contains(where: { ".%".contains($0) }), known[text] == nil else { continue }
      known[text] = place
    }
    return known
  }

  /// The words of a row that are numbers.
  private static func numbers(in row: Rect, on buffer: CellBuffer) -> [Number] {
    var numbers: [Number] = []
    var word = (text: "", start: row.x)
    for x in row.x...max(row.x, row.maxX) {
      let scalar = x < row.maxX ? buffer[x, row.y].scalar : " "
      guard scalar == " " else {
        if word.text.isEmpty { word.start = x }
        word.text.unicodeScalars.append(scalar)
        continue
      }
      if word.text.prefix(1) == "%", let last = numbers.last, last.area.maxX + 1 == word.start {
        numbers[numbers.count - 1].text += " %"
        numbers[numbers.count - 1].area.width += 2
      } else if let number = number(word.text, x: word.start, y: row.y) {
        numbers.append(number)
      }
      word.text = ""
    }
    return numbers
  }

  /// A word without the signs around it, where it is a number.
  private static func number(_ word: String, x: Int, y: Int) -> Number? {
    let before = word.prefix { "(\"".contains($0) }
    var text = word.dropFirst(before.count)
    while let last = text.last, ".,:;)\"".contains(last) { text.removeLast() }
    let digits = text.last == "x" ? text.dropLast() : text
    let isNumber =
      digits.contains(where: \.isNumber)
      && digits.enumerated().allSatisfy {
        $0.element.isNumber || ".,".contains($0.element) || $0.element == "-" && $0.offset == 0
      }
    guard isNumber else { return nil }
    return Number(
      text: String(text),
      area: Rect(x: x + before.count, y: y, width: text.count, height: 1))
  }

  /// The explanation of a number that stands in the sentence alone: the formulas that have it.
  static func lines(_ state: ExplorerState, _ text: String) -> [BoxLine] {
    let digits = text.filter { $0.isNumber || ".-,".contains($0) }
    let named = state.view.panels.flatMap { $0.formulas(state) }.filter { line in
      line.text.split { !($0.isNumber || ".-,".contains($0)) }.contains { word in
        word == digits || word.dropLast() == digits && word.last.map { ".,".contains($0) } == true
      }
    }
    return [BoxLine("\(text), in the sentence", Style(.title))]
      + (named.isEmpty
        ? [
          Explained.gloss(
            "A count or the number of a unit. What is measured stands in the panels below; arrows "
              + "lead there.")
        ]
        : named.prefix(mostLines).map { BoxLine($0.text, Style(.strong)) })
  }

  /// The most formulas that are shown.
  private static let mostLines = 4
}

extension String {
  /// The text without spaces at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.prefix(start.count - start.reversed().prefix { $0 == " " }.count))
  }
}
