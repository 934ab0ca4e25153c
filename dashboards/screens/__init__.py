"""The dashboard's pages, one question each. (Streamlit takes a folder named pages beside app.py for its own.)"""
