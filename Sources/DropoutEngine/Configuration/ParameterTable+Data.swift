extension ParameterTable {
  static let dataRows: [ParameterDefinition] = [
    ParameterDefinition(
      name: "data", group: .data, valueName: "NAME|FILE",
      help:
        "The data: a built-in dataset, a .csv file, or an IDX images file (plain or gzip)",
      range: "a file, or one of " + BuiltInDataset.allCases.map(\.rawValue).joined(separator: ", "),
      choices: BuiltInDataset.allCases.map(\.rawValue), effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        guard !text.isEmpty else {
          throw ParameterDefinition.wrong("data", text, "the name of a dataset or of a file")
        }
        settings.experiment.data = text
      }, get: { $0.experiment.data }),
    .text(
      "labels", .data, \.experiment.labels, valueName: "FILE", none: "auto",
      help: "The IDX labels; auto finds them beside the images by name"),
    .text(
      "test-data", .data, \.experiment.testData, valueName: "FILE", none: "none",
      help: "A file with the test part; without it the data are split"),
    .text(
      "test-labels", .data, \.experiment.testLabels, valueName: "FILE", none: "auto",
      help: "The IDX labels of the test part; auto finds them beside the images by name"),
    .text(
      "target", .data, \.experiment.target, valueName: "COLUMN", none: "auto",
      help: "The column of a .csv file to predict; auto is column label, else the last one"),
    .choice(
      "task", .data, \.experiment.task,
      help: "The kind of targets; auto: words, or at most 20 distinct whole numbers, are classes",
      effect: .startsAnew),
    .count(
      "examples", .data, \.experiment.examples, help: "The number of examples of built-in data",
      range: 2...10_000_000, effect: .startsAnew),
    .number(
      "data-noise", .data, \.experiment.dataNoise, help: "The noise of built-in data",
      range: "a number, 0 to 1", effect: .startsAnew, in: { (0...1).contains($0) }),
    .optionalNumber(
      "test-fraction", .data, \.experiment.testFraction, none: "auto",
      help: "The share of examples kept for testing; auto is 0.5 for built-in data, 0.25 for files",
      range: "a number, 0 to 0.9, or auto", effect: .startsAnew, in: { (0...0.9).contains($0) }),
    .optionalCount(
      "limit", .data, \.experiment.limit, none: "none",
      help: "The largest number of examples to read from a file", range: 1...1_000_000_000,
      effect: .startsAnew),
    .choice(
      "normalize", .data, \.experiment.normalization,
      help: "The scaling of inputs, from the training part only; images: bytes / 255 unless none",
      effect: .startsAnew),
    ParameterDefinition(
      name: "features", group: .data, valueName: "NAME[,NAME…]",
      help: "The inputs of built-in two-dimensional data",
      range: "some of " + InputFeature.allCases.map(\.rawValue).joined(separator: ", "),
      choices: InputFeature.allCases.map(\.rawValue), effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        settings.experiment.features = try features(text)
      }, get: { $0.experiment.features.map(\.rawValue).joined(separator: ",") }),
    ParameterDefinition(
      name: "image", group: .data, valueName: "HxW",
      help: "The rows and columns of inputs that are an image; auto looks at the data",
      range: "auto, none, or rows x columns as in 8x8", choices: ["auto", "none"],
      effect: .startsAnew,
      set: { (text: String, settings: inout Settings) throws(ConfigurationError) in
        settings.experiment.image = try image(text)
      }, get: { imageText($0.experiment.image) }),
  ]

  private static func features(_ text: String) throws(ConfigurationError) -> [InputFeature] {
    let names = InputFeature.allCases.map(\.rawValue)
    var features: [InputFeature] = []
    for part in ParameterText.list(text) {
      guard let feature = InputFeature(rawValue: part) else {
        throw ParameterDefinition.wrong(
          "features", part, "some of " + names.joined(separator: ", "), choices: names)
      }
      guard !features.contains(feature) else {
        throw ParameterDefinition.wrong(
          "features", text, "each feature once, \(part) is twice in it")
      }
      features.append(feature)
    }
    return features
  }

  private static func image(_ text: String) throws(ConfigurationError) -> ImageChoice {
    if text == "auto" { return .auto }
    if text == "none" { return .none }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let height = sides[0], let width = sides[1],
      (1...65_536).contains(height),
      (1...65_536).contains(width)
    else {
      throw ParameterDefinition.wrong("image", text, "auto, none, or rows x columns as in 8x8")
    }
    return .size(height: height, width: width)
  }

  private static func imageText(_ image: ImageChoice) -> String {
    switch image {
    case .auto: "auto"
    case .none: "none"
    case .size(let height, let width): "\(height)x\(width)"
    }
  }
}
