"""ClickHouse's engine (chDB) behind the part of ClickHouse's HTTP interface that our functions use.

Writes its port to stdout. A query is the body of a POST, settings are in the query string; a failed query is a 500 with
the engine's own words.

Usage: clickHouse.py FOLDER
"""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from chdb.session import Session

session = Session(sys.argv[1])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["content-length"])).decode()
        settings = ", ".join(f"{name} = {value}" for name, value in parse_qsl(urlsplit(self.path).query))
        try:
            answer = session.query(f"{query} SETTINGS {settings}" if settings else query, "CSV").data()
            status = 200
        except Exception as error:
            answer, status = str(error), 500
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
