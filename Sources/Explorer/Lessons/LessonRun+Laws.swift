import DropoutLaws
import Lessons

extension LessonRun {
  /// The seed of the masks that laws are measured with, as `dropscope verify` has it.
  private static let lawSeed: UInt64 = 7

  /// Measures the laws that a lesson speaks of.
  static func laws(of lesson: Lesson) -> [String: LawNumbers] {
    let names = Set(
      lesson.steps.flatMap(\.quantities).compactMap { name in
        Quantity.law.compactMap { $0.part(of: name) }.first
      })
    return LawBook.all.filter { names.contains($0.name) }.reduce(into: [:]) { laws, law in
      guard let worst = law.check(seed: lawSeed).worst else { return }
      laws[law.name] = LawNumbers(measured: worst.measured, expected: worst.expected)
    }
  }
}

extension Quantity {
  /// The laws that `dropscope verify` measures.
  static let law: [Quantity] = [
    Quantity("law.LAW.measured", .number, "worst value of a law, as dropscope verify measures it") {
      .measured($0.lesson?.laws[$1]?.measured)
    },
    Quantity("law.LAW.expected", .number, "the value that the law gives for it") {
      .measured($0.lesson?.laws[$1]?.expected)
    },
  ]

  /// Whether a law has the name.
  static func isLaw(_ name: String) -> Bool { LawBook.all.contains { $0.name == name } }
}
