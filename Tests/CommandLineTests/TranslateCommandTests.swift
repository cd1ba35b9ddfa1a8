import Foundation
import Testing

@Suite("dropscope translate") struct TranslateCommandTests {
  @Test("The page of frameworks is what it prints") func page() throws {
    let page = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent("docs/frameworks.md"),
      encoding: .utf8)
    let parts = page.components(separatedBy: "<!-- translate -->\n")
    let table = try #require(parts.last?.components(separatedBy: "<!-- /translate -->").first)
    let printed = try Program.run(["translate", "--keep", "0.8", "--format", "markdown"])
    #expect(printed.status == 0)
    #expect(printed.output == table)
  }

  @Test("A line, its meaning, what it is here, and the other frameworks") func line() throws {
    let result = try Program.run(["translate", "tf.nn.dropout(x, keep_prob=0.75)"])
    #expect(result.status == 0)
    for text in [
      "This is TensorFlow 1.", "kept with probability 0.75 and dropped with", "probability 0.25",
      "Here: dropscope --keep 0.75 --variant inverted", "nn.Dropout(p=0.25)",
      "scikit-learn                  has no dropout",
    ] {
      #expect(result.output.contains(text), "\(text)")
    }
  }

  @Test("What it says to run does run") func here() throws {
    for line in [
      "F.dropout(x, 0.3)", "fluid.layers.dropout(x, 0.3)", "{type: 'a', drop_prob: 0.2}",
    ] {
      let result = try Program.run(["translate", line])
      let here = try #require(
        result.output.split(separator: "\n").first { $0.hasPrefix("Here: dropscope ") })
      let options = here.dropFirst("Here: dropscope ".count).split(separator: " ").map(String.init)
      let run = try Program.run(["train", "--steps", "2"] + options)
      #expect(run.status == 0, "\(here): \(run.errors)")
    }
  }

  @Test("Two meanings are told apart by the version") func two() throws {
    let result = try Program.run(["translate", "tf.nn.dropout(x, 0.8)"])
    #expect(result.output.contains("Reading 1 of 2"))
    #expect(result.output.contains("--keep 0.8 ") && result.output.contains("--keep 0.2 "))
  }

  @Test(
    "Bugs, and dropout that never drops, are called so",
    arguments: [
      ("np.random.binomial(1, 0.8, x.shape) / 0.4", ["is multiplied by 2.5", "gives 2 times"]),
      ("np.random.binomial(1, 0.8, x.shape) / 0.2", ["m * a * 5,", "--variant drop-scaled"]),
      ("nn.Dropout2d(0.2)", ["drops whole channels", "--variant grouped --mask-groups N"]),
      ("F.dropout(x, 0.3, False)", ["never drops any", "--variant none"]),
      ("F.dropout(x, 0.3)", ["training is True where", "Give training=self.training."]),
      ("nn.Dropout(1.0)", ["Every unit is dropped"]),
      ("tf.contrib.layers.dropout(x, 0.7)", ["kept with probability 0.7", "left-on-at-test"]),
      ("stax.Dropout(0.8)", ["kept with probability 0.8", "JAX's stax"]),
    ])
  func bugs(line: String, words: [String]) throws {
    let result = try Program.run(["translate", line])
    #expect(result.status == 0)
    // Where a line ends is no matter of meaning.
    let text = result.output.replacingOccurrences(of: "\n", with: " ")
    for word in words { #expect(text.contains(word), "\(word)") }
  }

  @Test("All layers of a line are translated") func layers() throws {
    let result = try Program.run(["translate", "nn.Dropout(0.2), nn.Dropout(0.5), nn.Dropout(0.5)"])
    #expect(result.status == 0)
    for text in [
      "Dropout 1 of 2:\nnn.Dropout(0.2)",
      "Dropout 2 of 2, which stands 2 times in the line:\nnn.Dropout(0.5)",
    ] {
      #expect(result.output.contains(text), "\(text)")
    }
  }

  @Test(
    "What it cannot use is named, with status 64",
    arguments: [
      (["nn.Dropout(drop_rate=0.3)"], "drop_rate"),
      (["nn.Linear(4, 8)"], "nn.Linear(4, 8)"), (["nn.Dropout(1.5)"], "1.5"),
      (["--keep", "0"], "above 0 and at most 1"), (["--drop", "1"], "from 0 to below 1"),
      (["--keep", "x"], "x"), ([], "a line of code is needed"),
      (["nn.Dropout(0.5)", "--keep", "0.5"], "exclude each other"),
    ])
  func refused(arguments: [String], words: String) throws {
    let result = try Program.run(["translate"] + arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
