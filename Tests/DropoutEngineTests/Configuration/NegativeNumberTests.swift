import DropoutEngine
import Testing

@Suite("Parameters that take negative numbers") struct NegativeNumberTests {
  @Test("Those say so that accept one, and no others", arguments: ParameterTable.all.map(\.name))
  func accepted(name: String) throws {
    let row = try #require(ParameterTable.definition(named: name))
    let accepts = ["-1", "-3", "-0.5", "-0.000001"].contains { text in
      var settings = Settings()
      do {
        try row.set(text, &settings)
        return true
      } catch { return false }
    }
    // A path or a name may begin with a hyphen, and is no number.
    guard row.valueName?.hasPrefix("NUMBER") ?? false else { return }
    #expect(row.takesNegativeNumbers == accepts)
  }

  @Test("Some do, and some do not") func both() {
    let numbers = ParameterTable.all.filter { $0.valueName?.hasPrefix("NUMBER") ?? false }
    #expect(Set(numbers.map(\.takesNegativeNumbers)) == [false, true])
  }
}
