"""ClickHouse's engine (chDB) behind as much of ClickHouse's HTTP interface as diskwhy uses; prints its port."""
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from chdb import session

engine = session.Session(sys.argv[1])
OWN = {"query", "session_id", "session_timeout"}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        parameters = dict(parse_qsl(urlsplit(self.path).query))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        sql = parameters.get("query")
        sql = body if sql is None else f"{sql}\n{body}"
        try:
            for name, value in parameters.items():
                if name not in OWN:
                    engine.query(f"SET {name} = {value}")
            answer = engine.query(sql, "TabSeparated")
            status, text = 200, answer.bytes() if answer is not None else b""
        except Exception as error:
            status, text = 400, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
