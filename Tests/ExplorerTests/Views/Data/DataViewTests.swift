import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("The view of the data") struct DataViewTests {
  private func rows(
    _ assignments: [(name: String, value: String)] = [], columns: Int = 80, rows: Int = 24
  ) throws -> [String] {
    Screen.draw(
      try ViewStates.pressed("6", assignments, steps: 20, columns: columns, rows: rows)
    ).plainRows
  }

  @Test("Names of two words stand in two rows where they are too long, and none is cut")
  func longNames() throws {
    let names = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
    let classes = ["setosa", "versicolor", "virginica"]
    let data = Dataset(
      name: "flowers.csv", inputNames: names,
      values: .numbers((0..<600).map { Float($0 % 7) + 0.5 }),
      targets: .classes((0..<150).map { $0 % 3 }), classNames: classes, outputNames: classes,
      image: nil, trainingExamples: Array(38..<150), testExamples: Array(0..<38),
      normalization: .standard)
    let configuration = try Settings(assignments: [("hidden", "5")]).experiment
    var state = try PanelStates.trained(
      LoadedExperiment(configuration: configuration, dataset: data, initial: nil), steps: 5)
    state.view = .data
    for (columns, rows, count) in [(80, 24, 1), (120, 40, 4)] {
      (state.size, state.glyphs) = (ScreenSize(columns: columns, rows: rows), .unicode)
      let screen = Screen.draw(state).plainRows
      try #require(screen[4].contains("EXAMPLES"))
      let (upper, lower) = (screen[5].split(separator: " "), screen[6].split(separator: " "))
      #expect(upper.count { $0 == "sepal" || $0 == "petal" } == count, "\(upper)")
      #expect(lower.count { $0 == "length" || $0 == "width" } == count, "\(lower)")
      #expect(!screen[4...6].joined().contains("\u{2026}"), "\(screen[4...6])")
      #expect(screen[5].contains("1 of 4 inputs:") == (count == 1))
    }
  }

  @Test("The numbers of one column have the same decimals", arguments: [80, 120])
  func decimals(columns: Int) throws {
    let all = try rows(columns: columns, rows: columns / 4 + 4)
    let first = try #require(all.firstIndex { $0.contains("tested as") })
    let lists = all[(first + 1)...].dropLast().map { row in
      row.prefix { $0 != "|" && $0 != "│" }.split(separator: " ")
    }
    for column in [4, 5] {
      let places = lists.compactMap { words in
        words.count == 6 ? words[column].split(separator: ".").last?.count : nil
      }
      #expect(places.count > 10 && Set(places).count == 1, "\(places)")
    }
  }

  @Test("A sentence says what is trained and tested on, and what becomes of the inputs")
  func sentence() throws {
    let text = try rows().joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("TRAINING uses 250 examples (128 outer, 122 inner)"))
    #expect(text.contains("scaled to mean 0 and spread 1"))
    let plain = try rows([("normalize", "none")], columns: 120, rows: 40).joined(separator: " ")
    #expect(plain.contains("The network gets the inputs as they stand here."))
    #expect(!plain.contains("before scaling"))
    let many = try rows([("data", "glyphs")], columns: 120, rows: 40).joined(separator: " ")
    #expect(many.contains("10 classes"))
  }

  @Test("A regression says the range of its target and R2") func regression() throws {
    let text = try rows([("data", "plane")], columns: 120, rows: 40).joined(separator: " ")
    #expect(text.contains("with y from") && text.contains("R2"))
  }

  @Test("Both inputs of a small table stand beside the examples at 80x24, whole names before them")
  func inputs() throws {
    let heading = try #require(try rows().first { $0.contains("tested as") })
    let list = heading.prefix { $0 != "|" && $0 != "│" }
    #expect(list.contains("x1") && list.contains("x2"))
  }

  @Test("A wide screen has lists of examples side by side, and what testing makes of them")
  func wide() throws {
    let wide = try rows(columns: 200, rows: 60)
    let heading = try #require(wide.first { $0.contains("tested as") })
    #expect(heading.split(separator: "tested as").count == 3, "two lists")
    #expect(wide.contains { $0.contains("TESTING") && $0.contains("right") })
  }
}
