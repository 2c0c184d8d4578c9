/** What Lambda's own bootstrap does with this client; the client's command line would print a line of its own. */
import { run } from 'aws-lambda-ric'

await run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER)
