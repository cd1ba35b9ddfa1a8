import Explorer
import Testing

@Suite("The parts of a snapshot") struct SnapshotMeasurementsTests {
  /// The generations of the parts, by name; an optional part counts where it is there.
  private func generations(_ measured: SnapshotMeasurements) -> [String: Int] {
    var generations: [String: Int] = [:]
    for field in Mirror(reflecting: measured).children {
      let mirror = Mirror(reflecting: field.value)
      let part =
        mirror.displayStyle == .optional
        ? mirror.children.first.map { Mirror(reflecting: $0.value) } : mirror
      let generation = part?.children.first { $0.label == "generation" }?.value as? Int
      generations[field.label ?? ""] = generation
    }
    return generations
  }

  @Test("Every part is measured: none stays as it was before the first measurement")
  func measured() throws {
    let person = try Person(steps: 5)
    let parts = generations(person.state.snapshot.measured)
    #expect(parts.count >= 4, "\(parts)")
    for (name, generation) in parts {
      #expect(generation == person.state.snapshot.generation, "\(name) is not measured")
    }
  }
}
