"""English: what can be wrong with a feed, by what the log says of it; the particular come first."""

ERRORS = {
    "the name {host} does not resolve": "there is no {host}, or its name does not resolve just now",
    "the certificate of {host} is not valid": "the certificate of {host} is not valid",
    "no secure connection to {host}": "there is no secure connection to {host}",
    "no connection to {host} in time": "{host} did not accept a connection in time",
    "no connection to {host}": "{host} does not accept a connection",
    "{host} took too long to answer": "{host} took too long to answer",
    "{host} is no name of a host": "{host} cannot be a web address",
    "the answer of {host} broke off or cannot be read": (
        "the answer of {host} broke off or cannot be read"
    ),
    "what {host} answers is no HTTP": "{host} answers, but not as a website does",
    "{host} closed the connection without an answer": (
        "{host} closed the connection without an answer"
    ),
    "{host} is an address of a private network that net.allow does not name": (
        "{host} is in a private network that the configuration (net.allow) does not permit"
    ),
    "{host} asked to be left alone; {minutes} min of that are left": (
        "{host} asked to be left alone for another {minutes} min"
    ),
    "the answer is packed as {kind}, which was not asked for": (
        "the answer is packed in a format that I do not read: {kind}"
    ),
    "the answer is packed {times} times over": "the answer is packed {times} times over",
    "more than {most} redirects": "the address redirects more than {most} times",
    "only http and https addresses are fetched": (
        "only addresses with http:// or https:// can be fetched"
    ),
    "a redirect to what is no address": "the address redirects to nowhere",
    "a redirect from https to http": "the address redirects to an unencrypted one",
    "more than {size} MB": "there is far too much, more than {size} MB",
    "HTTP 401": "access is denied (HTTP 401)",
    "HTTP 403": "access is denied (HTTP 403)",
    "HTTP 404": "there is nothing at this address (HTTP 404)",
    "HTTP 410": "there is nothing at this address any more (HTTP 410)",
    "HTTP 429": "the site does not want to be asked so often (HTTP 429)",
    "HTTP 5{rest}": "the site’s server is out of order (HTTP 5{rest})",
    "HTTP {status}": "the site refuses the request (HTTP {status})",
    "the body is empty": "there is nothing there",
    "this is a PDF": "this is a PDF",
    "this is a compressed file": "this is a compressed file",
    "this is JSON, but no JSON Feed": "this is data, but no news feed",
    "this is an HTML page, not a feed": "this is an ordinary web page, not a feed",
    "this is XML or HTML, but neither RSS nor Atom": "this is neither RSS nor Atom",
    "this is no feed": "this is not a feed",
    "reading it took too long": "reading it took too long",
    "reading it broke off": "reading it broke off",
    "no valid XML: {why}": "this is not valid XML",
    "it declares entities": "the file has a DOCTYPE, which is not allowed here",
    "this is no OPML: it begins with {tag}": "this is not an OPML file, it begins with {tag}",
    "there is no feed in it": "there is no feed in it",
    "{url} is no http or https address": "{url} is not a web address",
}
