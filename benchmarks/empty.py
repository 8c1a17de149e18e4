"""An empty Textual application, the baseline of the startup benchmark."""

from textual.app import App

if __name__ == "__main__":
    App().run()
