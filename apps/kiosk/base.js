// Where Streamlit's server is: without it the page first asks below its own address, in vain.
window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" };
