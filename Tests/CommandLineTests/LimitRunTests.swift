import Testing

@Suite("The program at the limits") struct LimitRunTests {
  @Test(
    "Odd but sensible experiments train",
    arguments: [
      "--hidden none", "--hidden 1", "--hidden 4096 --learning-rate 0.001",
      "--hidden 1,1,1,1,1,1,1,1", "--batch 1000000", "--test-fraction 0", "--examples 8",
      "--data plane --features x1 --hidden 1 --examples 3", "--keep 1e-6",
      "--hidden 6,5 --keep 0.9,0.5",
      "--hidden 5 --l1 0,0.01 --l2 0.1,0 --max-norm none,2 --learning-rate 0.1,0.01",
    ])
  func trains(arguments: String) throws {
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 20 --format json \(arguments)")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 2)
  }

  @Test(
    "What no network can be is wrong usage",
    arguments: [
      "--hidden 0", "--hidden 4097", "--hidden 1,1,1,1,1,1,1,1,1", "--keep 0",
      "--hidden 4,4 --keep 0.5,0.5,0.5",
    ])
  func refuses(arguments: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 20 \(arguments)")
    #expect(result.status == 64 && result.output.isEmpty, "\(result.errors)")
  }
}
