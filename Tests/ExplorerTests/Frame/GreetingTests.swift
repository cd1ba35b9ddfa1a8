import Explorer
import TerminalCells
import Testing

@Suite("A greeting stands in the row of the keys until one is pressed") struct GreetingTests {
  @Test("It covers no number, and as many keys as fit follow it", arguments: [60, 80, 120, 200])
  func covers(columns: Int) throws {
    var person = try Person(steps: 20, columns: columns, rows: 24)
    let without = Screen.draw(person.state).plainRows
    person.state.greeting = "t teaches what this shows, step by step; ? lists all keys"
    let rows = Screen.draw(person.state).plainRows
    #expect(rows.dropLast() == without.dropLast())
    let last = try #require(rows.last)
    #expect(last.hasPrefix(" " + person.state.greeting.prefix(columns - 3)))
    #expect(last.contains("s scaling") == (columns >= 120))
    #expect(last.contains("? help") == (columns >= 80))
    // A notice behind it is there whole or not at all.
    person.state.greeting += "; 6 n tells how flowers.csv was read"
    let noticed = try #require(Screen.draw(person.state).plainRows.last)
    #expect(noticed.contains("; ? lists all keys"))
    #expect(noticed.contains("how flowers.csv was read") == (columns >= 120))
    #expect(noticed.contains("6 n") == (columns >= 120))
    person.press(.down)
    #expect(person.state.greeting.isEmpty)
    #expect(try #require(Screen.draw(person.state).plainRows.last).hasPrefix(" s scaling"))
  }
}
