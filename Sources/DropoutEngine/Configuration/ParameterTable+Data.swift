extension ParameterTable {
  static let dataRows: [ParameterDefinition] = [
    .init(
      "data", .data, \.experiment.data, data, effect: .startsAnew,
      help:
        "The data: a built-in dataset, a table, an IDX images file (plain or gzip), or - (stdin)"),
    .init(
      "labels", .data, \.experiment.labels, file.orNone("auto", range: "text"),
      effect: .startsAnew, only: .files,
      help: "The IDX labels; auto finds them beside the images by name"),
    .init(
      "test-data", .data, \.experiment.testData, file.orNone("none", range: "text"),
      effect: .startsAnew, only: .files,
      help: "A file with the test part; without it the data are split"),
    .init(
      "test-labels", .data, \.experiment.testLabels, file.orNone("auto", range: "text"),
      effect: .startsAnew, only: .files,
      help: "The IDX labels of the test part; auto finds them beside the images by name"),
    .init(
      "target", .data, \.experiment.target,
      ParameterKind.text("COLUMN").orNone("auto", range: "text"), effect: .startsAnew, only: .files,
      help: "The column of a table to predict, or several between commas; auto goes by name"),
    .init(
      "inputs", .data, \.experiment.table.inputs,
      ParameterKind.text("COLUMNS").orNone("auto", range: "text"), effect: .startsAnew,
      only: .files,
      help: "The columns of a table to learn from, by name or number; auto takes all that can be"),
    .init(
      "leave-out", .data, \.experiment.table.leaveOut,
      ParameterKind.text("COLUMNS").orNone("none", range: "text"), effect: .startsAnew,
      only: .files,
      help: "The columns of a table to leave out, by name or number"),
    .init(
      "separator", .data, \.experiment.table.separator,
      ParameterKind<TableSeparator>.choice.orNone("auto"), effect: .startsAnew, only: .files,
      help: "The mark between the cells of a table; auto tells it by the contents"),
    .init(
      "decimal", .data, \.experiment.table.decimal,
      ParameterKind<DecimalMark>.choice.orNone("auto"), effect: .startsAnew, only: .files,
      help: "The mark in front of decimals in a table; auto tells it by the contents"),
    .init(
      "one-hot", .data, \.experiment.table.oneHot, .count(0...1000), effect: .startsAnew,
      only: .files,
      help: "The most different words of a column that become one-hot inputs"),
    .init(
      "missing", .data, \.experiment.table.missing, .choice, effect: .startsAnew, only: .files,
      help: "A missing input: mean fills it, drop leaves its row out, refuse names it"),
    .init(
      "task", .data, \.experiment.task, .choice, effect: .startsAnew, only: .files,
      help: "The kind of targets; auto: words, or few whole numbers for the rows, are classes"),
    .init(
      "examples", .data, \.experiment.examples, .count(2...10_000_000), effect: .startsAnew,
      only: .builtIn,
      help: "The number of examples of built-in data"),
    .init(
      "data-noise", .data, \.experiment.dataNoise,
      .number("a number, 0 to 1") { (0...1).contains($0) }, effect: .startsAnew, only: .builtIn,
      help: "The noise of built-in data"),
    .init(
      "test-fraction", .data, \.experiment.testFraction,
      ParameterKind.number("a number, 0 to 0.9") { (0...0.9).contains($0) }.orNone("auto"),
      effect: .startsAnew,
      help: "The share of examples kept for testing; auto is 0.5 for built-in data, 0.25 for files"
    ),
    .init(
      "limit", .data, \.experiment.limit, ParameterKind.count(1...1_000_000_000).orNone("none"),
      effect: .startsAnew, only: .files,
      help: "The largest number of examples to read from a file"),
    .init(
      "normalize", .data, \.experiment.normalization, .choice, effect: .startsAnew,
      help: "The scaling of inputs, from the training part only; images: bytes / 255 unless none"),
    .init(
      "normalize-target", .data, \.experiment.targetNormalization, .choice, effect: .startsAnew,
      only: .files,
      help: "The scaling of targets that are numbers; the screen shows them in their own units"),
    .init(
      "features", .data, \.experiment.features, features, effect: .startsAnew, only: .builtIn,
      help: "The inputs of built-in two-dimensional data"),
    .init(
      "image", .data, \.experiment.image, image, effect: .startsAnew,
      help: "The rows and columns of inputs that are an image; auto looks at the data"),
  ]

  private static let file = ParameterKind.text("FILE")

  private static let data: ParameterKind<String> = {
    let builtIn = BuiltInDataset.allCases.map(\.rawValue)
    return ParameterKind(
      "NAME|FILE", "a file, or one of " + builtIn.joined(separator: ", "), choices: builtIn,
      text: { $0 },
      reading: { (text) throws(ParameterRefusal) in
        guard !text.isEmpty else {
          throw .init(text, expected: "the name of a dataset or of a file")
        }
        return text
      })
  }()

  private static let features: ParameterKind<[InputFeature]> = {
    let names = InputFeature.allCases.map(\.rawValue)
    let list = ParameterKind<InputFeature>.choice
      .described("some of " + names.joined(separator: ", ")).list()
    return ParameterKind(
      list.valueName, list.range, choices: names, text: list.text,
      reading: { (text) throws(ParameterRefusal) in
        let features = try list.read(text)
        for (index, feature) in features.enumerated()
        where features[..<index].contains(feature) {
          throw .init(text, expected: "each feature once, \(feature.rawValue) is twice in it")
        }
        return features
      })
  }()

  private static let image = ParameterKind<ImageChoice>(
    "HxW", "auto, none, or rows x columns as in 8x8", choices: ["auto", "none"],
    read: { text in
      if text == "auto" { return .auto }
      if text == "none" { return ImageChoice.none }
      let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard sides.count == 2, let height = sides[0], let width = sides[1],
        (1...65_536).contains(height), (1...65_536).contains(width)
      else { return nil }
      return .size(height: height, width: width)
    },
    text: { image in
      switch image {
      case .auto: "auto"
      case .none: "none"
      case .size(let height, let width): "\(height)x\(width)"
      }
    })
}
