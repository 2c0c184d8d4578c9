// Imports a bundle in a fresh process and tells the CPU time that took, in milliseconds, on standard error.
const before = process.cpuUsage()
await import(process.argv[2])
const { user, system } = process.cpuUsage(before)
process.stderr.write(String((user + system) / 1000))
process.exit(0)
