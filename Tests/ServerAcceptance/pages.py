"""Uses the pages in headless Chromium, as a person would (`pip install playwright`, and Chromium of the system).

Usage: python3 pages.py [FOLDER for screenshots]
"""

import json
import os
import pathlib
import shutil
import sys

from playwright.sync_api import expect, sync_playwright

from acceptance import Count, Server

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
MISSPELT = "name: names\nrules:\n- condition: resource.näme.startWith('é')\n  action: deny\n  message: no\n"



def is_wide(page):
    """Whether one would have to scroll sideways."""
    return page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")


count = Count()
with Server("--rate-limit", "unlimited") as server, sync_playwright() as play:
    home = f"http://127.0.0.1:{server.port}"
    browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
    for scheme in ["light", "dark"]:
        context = browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900})
        page = context.new_page()
        problems, foreign = [], []
        page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: foreign.append(request.url)
                if not request.url.startswith((home, "data:")) else None)

        page.goto(home + "/")
        count.check("Enter an API key" in page.inner_text("#verdict"), "without a key it asks for one")
        page.fill("#key", server.key)
        expect(page.locator("#decision")).to_have_text("deny")
        count.check("logs is not encrypted" in page.inner_text("#rules"), "the rule's message is shown")
        count.check("resource.encrypted" in page.inner_text("#values"), "the values of parts are shown")
        page.fill("#resource", '{"type": "AWS::S3::Bucket", "encrypted": true}')
        expect(page.locator("#decision")).to_have_text("allow")

        # Typing, key by key.
        page.fill("#policy", "")
        page.locator("#policy").press_sequentially("name: typed\nrules:\n- {condition: 'true', acti")
        page.wait_for_selector("#diagnostics li.error")
        count.check(page.inner_text("#decision") == "", "nothing is decided by what is not valid")
        page.locator("#policy").press_sequentially("on: warn}")
        expect(page.locator("#decision")).to_have_text("warn")

        # A fix, by the keyboard alone.
        page.fill("#policy", MISSPELT)
        page.wait_for_selector("#diagnostics button.fix")
        page.locator("#diagnostics button.fix", has_text="startsWith").first.focus()
        page.keyboard.press("Enter")
        count.check("startsWith('é')" in page.input_value("#policy"), "the fix is where it belongs")
        page.fill("#policy", page.input_value("#policy").replace("näme", "name"))
        expect(page.locator("#verdict")).to_have_text("valid")

        page.click("#share")
        link = page.url
        other = context.new_page()
        other.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        other.goto(link)
        count.check(other.input_value("#policy") == page.input_value("#policy"), "a link holds the texts")
        count.check(server.key not in link and other.input_value("#key") == "", "a link holds no key")
        other.close()
        page.select_option("#example", "Several rules")
        expect(page.locator("#decision")).to_have_text("deny")
        if len(sys.argv) > 1:
            page.screenshot(path=str(pathlib.Path(sys.argv[1]) / f"sandbox-{scheme}.png"), full_page=True)

        # Markup in texts stays text.
        page.fill("#policy", json.dumps({"name": "x", "rules": [
            {"condition": "true", "action": "deny", "message": "<img src=x onerror=alert(1)>"}]}))
        expect(page.locator("#rules")).to_contain_text("<img")
        count.check(page.locator("main img").count() == 0, "texts are no markup")

        for path in ["/docs/errors", "/docs/diagnostics", "/docs/diagnostics/unknown-function", "/status"]:
            page.goto(home + path)
            wide = is_wide(page)
            count.check(not wide, f"{path} is no wider than the window")
            count.check(len(page.inner_text("main")) > 50, f"{path} says something")
            if len(sys.argv) > 1:
                name = path.strip("/").replace("/", "-")
                page.screenshot(path=str(pathlib.Path(sys.argv[1]) / f"{name}-{scheme}.png"))
        page.set_viewport_size({"width": 360, "height": 700})
        page.goto(home + "/")
        wide = is_wide(page)
        count.check(not wide, "the sandbox fits a telephone")
        count.check(not problems, f"no error in the console: {problems}")
        count.check(not foreign, f"no request leaves: {foreign}")
        context.close()
    browser.close()
    count.check(server.key not in server.log(), "no key is logged")
    count.check("startsWith" not in server.log(), "no policy is logged")
count.end()
