"""The empty Textual application: the floor under every other figure."""

from textual.app import App

if __name__ == "__main__":
    App().run()
